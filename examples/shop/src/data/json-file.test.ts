import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataError, jsonFile } from './json-file.ts';

let folder = '';
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'shop-data-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const isNumbers = (content: unknown): content is readonly number[] =>
	Array.isArray(content) && content.every((item) => typeof item === 'number');
const numbers = () => jsonFile<readonly number[]>('numbers.json', [], isNumbers, folder);

describe('jsonFile', () => {
	it('is empty before anything was written', async () => {
		expect(await numbers().read()).toEqual([]);
		expect(await numbers().exists()).toBe(false);
	});

	it('loses no change when many come at once, also through two handles on one file', async () => {
		const [left, right] = [numbers(), numbers()];
		await Promise.all(
			Array.from({ length: 40 }, (_, index) =>
				(index % 2 === 0 ? left : right).update((content) => ({ content: [...content, index], result: null })),
			),
		);
		expect([...(await numbers().read())].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index));
	});

	it('keeps the old content when a change fails, and goes on with the next', async () => {
		const file = numbers();
		await file.update(() => ({ content: [1], result: null }));
		await expect(
			file.update(() => {
				throw new Error('no');
			}),
		).rejects.toThrow('no');
		await file.update((content) => ({ content: [...content, 2], result: null }));
		expect(await file.read()).toEqual([1, 2]);
	});

	it('leaves no drafts behind, and lets nobody else read', async () => {
		await numbers().update(() => ({ content: [1], result: null }));
		expect(await readdir(folder)).toEqual(['numbers.json']);
		expect((await stat(path.join(folder, 'numbers.json'))).mode & 0o777).toBe(0o600);
	});

	it.each([
		['is not JSON', '{"half": '],
		['holds something else', '["a"]'],
	])('says which file it is when the content %s, and writes nothing over it', async (_, content) => {
		await writeFile(path.join(folder, 'numbers.json'), content);
		await expect(numbers().read()).rejects.toThrow(/^numbers\.json: .*backup/);
		await expect(numbers().update(() => ({ content: [], result: null }))).rejects.toThrow(DataError);
		expect(await readFile(path.join(folder, 'numbers.json'), 'utf8')).toBe(content);
	});

	it('says that a folder cannot be written to', async () => {
		await writeFile(path.join(folder, 'file'), '');
		const file = jsonFile<readonly number[]>('numbers.json', [], isNumbers, path.join(folder, 'file'));
		await expect(file.update(() => ({ content: [1], result: null }))).rejects.toThrow(/^numbers\.json: expected .*ENOTDIR/);
	});
});
