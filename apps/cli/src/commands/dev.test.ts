import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as faults from '../dev/load-faults.ts';
import { createTestIo } from '../fixtures/test-io.ts';
import { run } from '../main.ts';

const bench = `
	const secret = { ref: 'auth/1', issue: 'Sign-in does not work', issueLine: 51, text: 'Session secret misconfigured', line: 60 };
	const build = { ref: 'load/3', issue: 'The shop does not load', issueLine: 10, text: 'The build is broken', line: 20 };
	export const listFaults = async () => [
		{ id: 'secret-short', title: 'The secret is short', group: 'Configuration', causes: [secret] },
		{ id: 'chunk-gone', title: 'A script is gone', group: 'Build', causes: [build] },
		{ id: 'secret-gone', title: 'The secret is not set', group: 'Configuration', causes: [secret, build] },
		{ id: 'clock-wrong', title: 'The clock is wrong', group: 'Server', causes: [] },
	];
	export const breakWith = async (id, { say }) => {
		if (id === 'clock-wrong') throw new Error('clock-wrong cannot be made here: no right to set the clock');
		say('Broken: ' + id);
	};
	export const mend = async () => 'Mended.';
`;

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'holdfast-dev-'));
	const place = join(folder, 'dev.mjs');
	await writeFile(place, bench);
	const loaded = await faults.loadFaults(pathToFileURL(place));
	vi.spyOn(faults, 'loadFaults').mockResolvedValue(loaded);
});
afterEach(async () => {
	vi.restoreAllMocks();
	await rm(folder, { recursive: true });
});

async function outcome(...argv: readonly string[]) {
	const io = createTestIo({ directory: folder });
	return { code: await run(['dev', ...argv], io), out: io.out(), err: io.err() };
}

describe('holdfast dev', () => {
	it('lists the faults under the causes of the runbook, in its order and its words', async () => {
		const { code, out } = await outcome('faults');
		expect(code).toBe(0);
		expect(out).toBe(
			[
				'The shop does not load (RUNBOOK.md:10)',
				'  20  The build is broken',
				'    chunk-gone    A script is gone',
				'',
				'Sign-in does not work (RUNBOOK.md:51)',
				'  60  Session secret misconfigured',
				'    secret-short  The secret is short',
				'    secret-gone   The secret is not set',
				'                  or line 20: The build is broken',
				'',
				'Not in the runbook',
				'    clock-wrong   The clock is wrong',
				'',
			].join('\n'),
		);
		const listed = JSON.parse((await outcome('faults', '--json')).out);
		expect(listed).toHaveLength(4);
		expect(listed[0].causes[0]).toMatchObject({ issue: 'Sign-in does not work', text: 'Session secret misconfigured', line: 60 });
	});

	it('breaks, and mends', async () => {
		expect(await outcome('break', 'secret-short')).toEqual({ code: 0, out: 'Broken: secret-short\n', err: '' });
		expect((await outcome('mend')).out).toBe('Mended.\n');
	});

	it('names the nearest where there is no such fault', async () => {
		const { code, err } = await outcome('break', 'secret-shrt');
		expect(code).toBe(2);
		expect(err).toContain('Did you mean holdfast dev break secret-short?');
	});

	it('says why a fault cannot be made, exit 4', async () => {
		const { code, err } = await outcome('break', 'clock-wrong');
		expect(code).toBe(4);
		expect(err.replace(/\s+/g, ' ')).toContain('no right to set the clock');
	});

	it('says what it needs outside of a checkout', async () => {
		vi.spyOn(faults, 'loadFaults').mockResolvedValue(null);
		const { code, err } = await outcome('faults');
		expect(code).toBe(2);
		expect(err).toContain('checkout');
	});
});
