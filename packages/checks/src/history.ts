/** What is remembered between runs, as checks and the diagnosis see it. The engine keeps it, in a file or a database. */

/** Something about the service that may change and explain what came after: which release runs, the fingerprint of a secret. */
export interface Fact {
	/** `release`, `env:SESSION_SECRET`, `convex:push`; `count:…` for a figure that changes by itself. */
	readonly name: string;
	/** Never a secret: a commit, a keyed fingerprint, a time. */
	readonly value: string;
	/** Values compare only within one scope: the key id of a fingerprint. */
	readonly scope?: string;
}

/** Whether the fact changes by itself as time goes by, so that a change of it explains nothing. */
export function isFigure(name: string): boolean {
	return name.startsWith('count:');
}

export interface FactSample extends Fact {
	/** ISO 8601, UTC: when it was seen. */
	readonly at: string;
}

export interface HistoryReader {
	/** Every change of the fact's value that was seen, oldest first: the first sample of each value in turn. Null: no history is kept. */
	readFact(name: string): Promise<readonly FactSample[] | null>;
	/** Fact names that were ever seen and begin so. */
	listFacts(prefix: string): Promise<readonly string[]>;
	/** When this question (`key` of the observation) was last answered `ok`, ISO 8601; null when never. */
	readLastOk(key: string): Promise<string | null>;
}

/** No memory: what needs one is unknown. */
export const noHistory: HistoryReader = {
	readFact: async () => null,
	listFacts: async () => [],
	readLastOk: async () => null,
};
