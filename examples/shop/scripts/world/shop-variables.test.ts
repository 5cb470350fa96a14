import { expect, it } from 'vitest';
import { environment } from '../../src/environment.ts';
import { shopVariables } from './shop-variables.mjs';

it('hands the shop every variable that it declares, and the key that the kit reads by itself', () => {
	const declared = environment.report().variables.map(({ name }) => name);
	expect([...shopVariables].sort()).toEqual([...declared, 'HOLDFAST_FINGERPRINT_KEY'].sort());
});
