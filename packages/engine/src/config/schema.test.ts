import { describe, expect, it } from 'vitest';
import { generateConfigSchema } from './schema.ts';

describe('the published schema of holdfast.yaml', () => {
	it('is what the code accepts (npx vitest run -u writes it anew)', async () => {
		await expect(`${JSON.stringify(generateConfigSchema(), null, 2)}\n`).toMatchFileSnapshot(
			'../../../../docs/schema/holdfast.schema.json',
		);
	});
});
