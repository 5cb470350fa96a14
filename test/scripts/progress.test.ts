import { describe, expect, it } from 'vitest';
import { createProgress, formatSeconds } from '../../scripts/steps/progress.mjs';

describe('formatSeconds', () => {
	it.each([
		[0, '0.0 s'],
		[1234, '1.2 s'],
		[59_900, '59.9 s'],
		[60_000, '1 min 00 s'],
		[125_400, '2 min 05 s'],
	])('%d ms is %s', (ms, text) => {
		expect(formatSeconds(ms)).toBe(text);
	});
});

describe('a step', () => {
	const record = (isTTY: boolean) => {
		const written: string[] = [];
		let now = 0;
		const progress = createProgress({ sink: { isTTY, write: (text: string) => void written.push(text) }, now: () => now });
		return { written, progress, pass: (ms: number) => (now += ms) };
	};

	it('is two plain lines where there is no terminal', async () => {
		const { written, progress, pass } = record(false);
		expect(await progress.step('Build', async () => pass(1500))).toBe(1500);
		expect(written).toEqual(['Build …\n', 'Build: done in 1.5 s\n']);
	});

	it('leaves one line on a terminal', async () => {
		const { written, progress, pass } = record(true);
		await progress.step('Build', async () => pass(300));
		expect(written).toEqual(['\r\u001b[2K', 'Build: done in 0.3 s\n']);
	});

	it('says that it failed, and passes the failure on', async () => {
		const { written, progress } = record(false);
		const failing = progress.step('Build', () => Promise.reject(new Error('no space')));
		await expect(failing).rejects.toThrow('no space');
		expect(written.at(-1)).toBe('Build: failed after 0.0 s\n');
	});
});
