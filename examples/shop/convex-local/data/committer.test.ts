import { describe, expect, it } from 'vitest';
import { ConflictError } from '../refusal.mjs';
import { createCommitter } from './committer.mjs';
import type { Document, Writes } from './data.d.ts';
import { readOfDocument } from './read-set.mjs';

const document = (value: number): Document => ({ _id: '1counters', _creationTime: 1, value });

/** A committer over documents in memory, whose disk writes what `write` lets it. */
function makeCommitter(write: (commits: readonly Writes[]) => Promise<void> = async () => {}) {
	const documents: Record<string, Document> = {};
	const lines: Writes[][] = [];
	const committer = createCommitter({
		journal: {
			documents: {},
			append: async (commits) => {
				await write(commits);
				lines.push([...commits]);
			},
			close: async () => {},
		},
		document: (id) => documents[id],
		apply: (writes) => {
			for (const [id, next] of Object.entries(writes))
				if (next) documents[id] = next;
				else delete documents[id];
		},
		announce: () => {},
		bytesPerSecond: 0,
	});
	return { committer, documents, lines };
}

const reads = [readOfDocument('1counters')];

describe('of two commits that read the same', () => {
	it('the second is told that it lost, also when both arrive together', async () => {
		const { committer, documents } = makeCommitter();
		const version = committer.version();
		const [first, second] = await Promise.allSettled(
			[1, 2].map((value) => committer.commit({ writes: { '1counters': document(value) }, reads, version, source: `counters:by${value}` })),
		);
		expect([first?.status, second?.status, documents['1counters']?.value]).toEqual(['fulfilled', 'rejected', 1]);
		const { reason } = second as PromiseRejectedResult;
		expect(reason).toBeInstanceOf(ConflictError);
		expect(reason.conflict).toEqual({ table: 'counters', documentId: '1counters', source: 'counters:by1' });
	});

	it('both go through when the second read after the first', async () => {
		const { committer, documents } = makeCommitter();
		for (const value of [1, 2]) await committer.commit({ writes: { '1counters': document(value) }, reads, version: committer.version() });
		expect(documents['1counters']?.value).toBe(2);
	});

	it('the second loses to a removal of what it read', async () => {
		const { committer } = makeCommitter();
		await committer.commit({ writes: { '1counters': document(1) } });
		const version = committer.version();
		await committer.commit({ writes: { '1counters': null } });
		await expect(committer.commit({ writes: {}, reads, version })).rejects.toBeInstanceOf(ConflictError);
	});
});

describe('a commit', () => {
	it('is not seen before it is on disk, and commits that wait are written together', async () => {
		let flush = () => {};
		const { committer, documents, lines } = makeCommitter(() => new Promise((done) => (flush = done)));
		const first = committer.commit({ writes: { '1counters': document(1) } });
		await Promise.resolve();
		const others = [2, 3].map((value) =>
			committer.commit({ writes: { [`${value}counters`]: { ...document(value), _id: `${value}counters` } } }),
		);
		expect(documents).toEqual({});
		flush();
		await first;
		expect(Object.keys(documents)).toEqual(['1counters']);
		await Promise.resolve();
		flush();
		await Promise.all(others);
		expect(lines.map((batch) => batch.length)).toEqual([1, 2]);
	});

	it('that the disk does not take fails, and leaves the next alone', async () => {
		let full = true;
		const { committer, documents } = makeCommitter(async () => {
			if (full) throw new Error('ENOSPC');
		});
		await expect(committer.commit({ writes: { '1counters': document(1) } })).rejects.toThrow('ENOSPC');
		full = false;
		await committer.commit({ writes: { '1counters': document(2) }, reads, version: 0 });
		expect(documents['1counters']?.value).toBe(2);
	});
});

describe('what was read', () => {
	it('is current until it is changed, or everything is to be read again', async () => {
		const { committer } = makeCommitter();
		const token = () => ({ reads, version: committer.version() });
		const before = token();
		await committer.commit({ writes: { '2others': { ...document(1), _id: '2others' } } });
		expect(committer.isCurrent(before)).toBe(true);
		await committer.commit({ writes: { '1counters': document(1) } });
		expect(committer.isCurrent(before)).toBe(false);
		const after = token();
		committer.invalidate();
		expect([committer.isCurrent(after), committer.isCurrent(token())]).toEqual([false, true]);
	});

	it('longer ago than commits are remembered is taken as changed', { timeout: 60_000 }, async () => {
		const { committer } = makeCommitter();
		const version = committer.version();
		await Promise.all(
			Array.from({ length: 5001 }, (_, index) => {
				const _id = `${index}others`;
				return committer.commit({ writes: { [_id]: { ...document(1), _id } } });
			}),
		);
		expect(committer.isCurrent({ reads, version })).toBe(false);
		expect(committer.isCurrent({ reads, version: version + 1 })).toBe(true);
	});
});
