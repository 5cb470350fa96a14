import { expect, it } from 'vitest';
import { createTestIo } from './fixtures/test-io.ts';
import { run } from './main.ts';

it('names the commands of the group that was meant', async () => {
	const io = createTestIo();
	expect(await run(['runbook', 'foo'], io)).toBe(2);
	expect(io.err()).toContain('Known: show, coverage, lint, bind, unbind.');
});
