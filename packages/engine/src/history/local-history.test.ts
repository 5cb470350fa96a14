import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { HistoryEntry } from './history-entry.ts';
import { createLocalHistory } from './local-history.ts';

const AT = '2026-01-02T03:04:05.000Z';
const sample = (key: string, state: 'ok' | 'fail' = 'ok', at = AT): HistoryEntry => ({ t: 'sample', at, key, state });
const fact = (name: string, value: string): HistoryEntry => ({ t: 'fact', at: AT, name, value });

async function world(limitBytes?: number) {
	const directory = await mkdtemp(join(tmpdir(), 'holdfast-history-'));
	const history = createLocalHistory({ now: Date.now, ...(limitBytes === undefined ? {} : { limitBytes }) });
	const place = { directory, name: 'bakery' };
	const folder = join(directory, '.holdfast', 'history');
	return { history, place, folder, file: join(folder, 'bakery.jsonl') };
}

it('keeps what was appended, facts only where they changed, readable by its owner only and left out of git', async () => {
	const { history, place, folder, file } = await world();
	expect(await history.load(place)).toEqual({ entries: [], problem: null });
	await history.append(place, [fact('release', 'a'), sample('http.page')]);
	await history.append(place, [fact('release', 'a'), fact('release', 'b'), sample('http.page', 'fail')]);
	expect((await history.load(place)).entries).toEqual([
		fact('release', 'a'),
		sample('http.page'),
		fact('release', 'b'),
		sample('http.page', 'fail'),
	]);
	expect((await stat(file)).mode & 0o777).toBe(0o600);
	for (const each of [folder, join(place.directory, '.holdfast')]) expect((await stat(each)).mode & 0o777).toBe(0o700);
	expect(await readFile(join(place.directory, '.holdfast', '.gitignore'), 'utf8')).toBe('*\n');
});

it('drops a torn last line and lines that are none, and goes on after them', async () => {
	const { history, place, file } = await world();
	await history.append(place, [sample('a')]);
	await appendFile(file, 'no json\n{"t":"sample","at":"yesterday","key":"b","state":"ok"}\n{"t":"sample","at":"2026');
	expect((await history.load(place)).entries).toEqual([sample('a')]);
	await history.append(place, [sample('c')]);
	expect((await history.load(place)).entries).toEqual([sample('a'), sample('c')]);
});

it('lets writers take turns', async () => {
	const { history, place, folder } = await world();
	await Promise.all(Array.from({ length: 20 }, (_, index) => history.append(place, [fact('release', 'a'), sample(`check-${index}`)])));
	const { entries } = await history.load(place);
	expect(entries.filter(({ t }) => t === 'sample')).toHaveLength(20);
	expect(entries.filter(({ t }) => t === 'fact')).toHaveLength(1);
	expect(await readdir(folder)).toEqual(['bakery.jsonl']);
});

it.each([
	['whose holder is gone', `999999999 ${hostname()}\n`, 0],
	['that is old', '1 elsewhere\n', 60_000],
])('takes over a lock %s', async (_what, text, ageMs) => {
	const { history, place, folder, file } = await world();
	await mkdir(folder, { recursive: true });
	await writeFile(`${file}.lock`, text);
	const then = new Date(Date.now() - ageMs);
	await utimes(`${file}.lock`, then, then);
	expect(await history.append(place, [sample('a')])).toEqual({ kind: 'written' });
});

it('stays below its limit, and keeps changes, the last ok and the first failure after it', async () => {
	const { history, place, file } = await world(4000);
	await history.append(place, [fact('release', 'a'), sample('old', 'ok'), fact('release', 'b'), sample('old', 'fail')]);
	for (let run = 0; run < 60; run += 1) await history.append(place, [sample('busy', run % 2 === 0 ? 'ok' : 'fail'), sample('old', 'fail')]);
	expect((await stat(file)).size).toBeLessThan(4000);
	expect((await stat(file)).mode & 0o777).toBe(0o600);
	const { entries } = await history.load(place);
	expect(entries.slice(0, 4)).toEqual([fact('release', 'a'), sample('old', 'ok'), fact('release', 'b'), sample('old', 'fail')]);
	expect(entries.at(-1)).toEqual(sample('old', 'fail'));
});

it('keeps the mode of a file that its owner has widened, also when it is compacted', async () => {
	const { history, place, file } = await world(2000);
	await history.append(place, [sample('a')]);
	await chmod(file, 0o640);
	for (let run = 0; run < 40; run += 1) await history.append(place, [sample('busy', run % 2 === 0 ? 'ok' : 'fail')]);
	expect((await stat(file)).size).toBeLessThan(2000);
	expect((await stat(file)).mode & 0o777).toBe(0o640);
});

it('says why it could not be kept, and throws nothing', async () => {
	const { place, history } = await world();
	await writeFile(join(place.directory, '.holdfast'), 'a file in the way');
	await chmod(place.directory, 0o700);
	expect(await history.append(place, [sample('a')])).toMatchObject({ kind: 'refused', reason: expect.stringContaining('bakery.jsonl') });
	expect((await history.load(place)).entries).toEqual([]);
});

it('keeps a name inside its folder', async () => {
	const { history, place, folder } = await world();
	await history.append({ ...place, name: '../../etc/localhost:3000' }, [sample('a')]);
	expect(await readdir(folder)).toHaveLength(1);
	expect((await readdir(folder)).every((name) => !name.includes('/') && !name.startsWith('.'))).toBe(true);
});
