import { describe, expect, it } from 'vitest';
import { createTestContext } from '../fixtures/test-context.ts';
import { resolveSecret } from './resolve-secret.ts';

const world = createTestContext({
	files: { 'token.txt': 'hunter2\n', 'empty.txt': '\n' },
	environment: { TOKEN: 'hunter2', OTHER_FILE: 'token.txt', EMPTY: '' },
});
const options = { name: 'services.bakery.kit.token', directory: '/work', files: world.files, environment: world.environment };

describe('resolveSecret', () => {
	it.each([
		['a variable', { env: 'TOKEN' }],
		['a file, without its last line end', { file: 'token.txt' }],
		['the file that NAME_FILE names', { env: 'OTHER' }],
	])('reads %s', async (_what, source) => {
		expect((await resolveSecret(source, options)).reveal()).toBe('hunter2');
	});

	it.each([
		[{ env: 'NONE' }, 'services.bakery.kit.token: the variable NONE is not set'],
		[{ env: 'EMPTY' }, 'services.bakery.kit.token: the variable EMPTY is not set'],
		[{ file: 'none.txt' }, 'services.bakery.kit.token: none.txt: there is no such file'],
		[{ file: 'empty.txt' }, 'services.bakery.kit.token: empty.txt is empty'],
	])('says what is missing for %j', async (source, message) => {
		await expect(resolveSecret(source, options)).rejects.toMatchObject({ code: 'precondition', message });
	});
});
