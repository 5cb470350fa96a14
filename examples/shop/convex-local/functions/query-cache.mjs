/** @import { Committer } from '../data/data.d.ts' */
/** @import { CachedResult, QueryCache } from './functions.d.ts' */

/** How long a result that depends on the time may be given again (`MAX_CACHE_AGE`, crates/application/src/cache/mod.rs). */
const MAX_TIMED_AGE_MS = 5000;
const MAX_RESULTS = 1000;

/**
 * Results of queries, given again while nothing that they were read from has changed. Failed queries are not kept.
 * @param {Committer} committer @returns {QueryCache}
 */
export function createQueryCache(committer) {
	/** By key, the longest unused first. @type {Map<string, { result: CachedResult, until: number }>} */
	const results = new Map();
	return {
		get(key) {
			const found = results.get(key);
			if (!found) return undefined;
			results.delete(key);
			if (found.until < performance.now() || !committer.isCurrent(found.result.token)) return undefined;
			// Seen to hold now, it need not be held against older commits again.
			const result = { ...found.result, token: { ...found.result.token, version: committer.version() } };
			results.set(key, { result, until: found.until });
			return result;
		},
		put(key, result, observedTime) {
			results.delete(key);
			results.set(key, { result, until: observedTime ? performance.now() + MAX_TIMED_AGE_MS : Number.POSITIVE_INFINITY });
			const oldest = results.keys().next();
			if (results.size > MAX_RESULTS && !oldest.done) results.delete(oldest.value);
		},
	};
}
