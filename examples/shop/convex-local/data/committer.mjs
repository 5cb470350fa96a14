import { ConflictError, Refusal } from '../refusal.mjs';
import { findOverlap, tableOf } from './read-set.mjs';

/** @import { CommitRequest, Committer, Conflict, Document, Journal, ReadRange, Writes } from './data.d.ts' */

/** Commits that are remembered to judge by; what was read before them is taken as changed. */
const REMEMBERED = 5000;
const WINDOW_MS = 1000;

/** @typedef {{ writes: Writes, before: ReadonlyMap<string, Document>, source: string | null }} Commit */

/**
 * Orders commits. Each is judged against all that came after it began to read (optimistic concurrency: get-convex/convex-backend,
 * crates/database/src/committer.rs), then written and flushed, and only then told and seen. Those that arrive while the disk works are
 * written together.
 * @param {{ journal: Journal, document: (id: string) => Document | undefined, apply: (writes: Writes) => void, announce: () => void,
 *   bytesPerSecond: number }} parts bytesPerSecond: what mutations may write, 0 without a limit
 * @returns {Committer}
 */
export function createCommitter({ journal, document, apply, announce, bytesPerSecond }) {
	/** @type {Commit[]} */
	const history = [];
	let version = 0;
	/** Reads of an older version are not judged any more. */
	let oldest = 0;
	/** @type {{ request: CommitRequest, done: () => void, fail: (error: unknown) => void }[]} */
	const queue = [];
	/** @type {Promise<void> | null} */
	let working = null;
	const throughput = createThroughput(bytesPerSecond);

	/** @param {readonly ReadRange[]} reads @param {number} since @param {readonly Commit[]} [accepted] of the batch in hand @returns {Conflict | null} */
	function findConflict(reads, since, accepted = []) {
		if (reads.length === 0) return null;
		if (since < oldest) return { table: /** @type {ReadRange} */ (reads[0]).table, documentId: '', source: null };
		for (const commit of [...history.slice(history.length - (version - since)), ...accepted]) {
			const id = findOverlap(reads, commit.writes, (key) => commit.before.get(key));
			if (id !== undefined) return { table: tableOf(id), documentId: id, source: commit.source };
		}
		return null;
	}

	/** @param {Commit} commit */
	function remember(commit) {
		version++;
		history.push(commit);
		if (history.length > REMEMBERED) history.shift();
		oldest = Math.max(oldest, version - history.length);
	}

	async function drain() {
		while (queue.length > 0) {
			/** @type {(Commit & { item: (typeof queue)[number] })[]} */
			const accepted = [];
			/** @type {Map<string, Document | null>} */
			const overlay = new Map();
			for (const item of queue.splice(0)) {
				const { writes, reads = [], version: since = version, source = null, limitedBytes = 0 } = item.request;
				const conflict = findConflict(reads, since, accepted);
				if (conflict) item.fail(new ConflictError(conflict));
				else if (!throughput.take(limitedBytes)) item.fail(throughput.refusal());
				else {
					const found = Object.keys(writes).map((id) => /** @type {const} */ ([id, overlay.has(id) ? overlay.get(id) : document(id)]));
					const before = new Map(found.flatMap(([id, old]) => (old ? [[id, old]] : [])));
					accepted.push({ writes, before, source, item });
					for (const [id, after] of Object.entries(writes)) overlay.set(id, after);
				}
			}
			if (accepted.length === 0) continue;
			try {
				await journal.append(accepted.map(({ writes }) => writes));
			} catch (error) {
				for (const { item } of accepted) item.fail(error);
				continue;
			}
			for (const { writes, before, source } of accepted) {
				apply(writes);
				remember({ writes, before, source });
			}
			for (const { item } of accepted) item.done();
			announce();
		}
		working = null;
	}

	return {
		version: () => version,
		isCurrent: ({ reads, version: since }) => since >= oldest && findConflict(reads, since) === null,
		invalidate() {
			history.length = 0;
			version++;
			oldest = version;
			announce();
		},
		commit: (request) =>
			new Promise((done, fail) => {
				queue.push({ request, done: () => done(undefined), fail });
				working ??= Promise.resolve().then(drain);
			}),
		idle: async () => {
			while (working) await working;
		},
	};
}

/** The write throughput of the deployment's class: 429 TooManyWrites above it. @param {number} bytesPerSecond */
function createThroughput(bytesPerSecond) {
	/** @type {{ at: number, bytes: number }[]} */
	const written = [];
	return {
		/** Whether as much may be written now. What was written within the last second counts, and not what asks. @param {number} bytes */
		take(bytes) {
			if (bytes === 0 || bytesPerSecond === 0) return true;
			const now = performance.now();
			while (written[0] && now - written[0].at > WINDOW_MS) written.shift();
			if (written.reduce((sum, it) => sum + it.bytes, 0) > bytesPerSecond) return false;
			written.push({ at: now, bytes });
			return true;
		},
		refusal: () =>
			new Refusal(
				429,
				'TooManyWrites',
				`Too many writes per second. Your deployment is limited to ${bytesPerSecond / 1024 / 1024} MiB bytes written per 1 second. Reduce your write rate or upgrade to a larger deployment.`,
			),
	};
}
