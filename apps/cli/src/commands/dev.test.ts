import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as faults from '../dev/load-faults.ts';
import { createTestIo } from '../fixtures/test-io.ts';
import { run } from '../main.ts';

const bench = `
	export const listFaults = () => [
		{ id: 'secret-short', title: 'The secret is short', group: 'Configuration', causes: ['Session secret misconfigured'] },
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
	it('lists the faults by group', async () => {
		const { code, out } = await outcome('faults');
		expect(code).toBe(0);
		expect(out).toMatch(/^Configuration\n {2}secret-short {2}The secret is short\n +Session secret misconfigured\n\nServer\n/);
		expect(JSON.parse((await outcome('faults', '--json')).out)).toHaveLength(2);
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
