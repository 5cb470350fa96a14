import { expect, it } from 'vitest';
import { shopVariables } from '../scripts/world/shop-variables.mjs';
import { environment } from './environment.ts';

it('hands the shop every variable that it declares, and the key that the kit reads by itself', () => {
	const declared = environment.report().variables.map(({ name }) => name);
	expect([...shopVariables].sort()).toEqual([...declared, 'HOLDFAST_FINGERPRINT_KEY'].sort());
});
