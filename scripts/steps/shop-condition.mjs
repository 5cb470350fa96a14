import { setTimeout as wait } from 'node:timers/promises';

const ASK_EVERY_MS = 200;
const ASK_FOR_AT_MOST_MS = 2_000;
/** How long a bad answer has to last: a shop that has just begun may not have reached its data yet. */
const UNWELL_FOR_MS = 3_000;
/** How long an address that was told may stay without an answer. */
const SILENT_FOR_MS = 15_000;
/** How long it may take until the address is told. Longer than what its starter gives each of its processes, so that it can say which one. */
const TOLD_WITHIN_MS = 150_000;

/**
 * How a shop that was started turned out: `well` (health says 200), `unwell` (it answers, with something else), `silent` (its process lives and
 * nothing answers), `ended` (the process ended), `not-listening` (the process lives and has not told an address), `aborted`.
 *
 * @typedef {{ state: 'well' | 'unwell' | 'silent' | 'ended' | 'not-listening' | 'aborted', sentence: string }} ShopCondition `sentence` for a person.
 */

/**
 * Waits until it is known how a shop turned out.
 *
 * @param {object} options
 * @param {() => string | undefined} options.url Its origin, as soon as it was told.
 * @param {() => string} options.end One sentence once its process has ended; empty before.
 * @param {AbortSignal} options.signal Gives up the waiting.
 * @param {{ unwellForMs?: number, silentForMs?: number, toldWithinMs?: number }} [options.patience] In milliseconds.
 * @returns {Promise<ShopCondition>}
 */
export async function waitForCondition({ url, end, signal, patience = {} }) {
	const { unwellForMs = UNWELL_FOR_MS, silentForMs = SILENT_FOR_MS, toldWithinMs = TOLD_WITHIN_MS } = patience;
	const startedAt = performance.now();
	/** @type {number | undefined} */
	let toldAt;
	/** @type {number | undefined} */
	let unwellSince;
	for (;;) {
		if (signal.aborted) return { state: 'aborted', sentence: 'Stopped.' };
		const ended = end();
		if (ended !== '') return { state: 'ended', sentence: ended };
		const address = url();
		if (address === undefined) {
			if (performance.now() - startedAt > toldWithinMs)
				return { state: 'not-listening', sentence: `The shop was not listening within ${toldWithinMs / 1000} s; its process lives.` };
		} else {
			toldAt ??= performance.now();
			const answer = await askHealth(address);
			if (answer === 200) return { state: 'well', sentence: 'The shop is well.' };
			const now = performance.now();
			if (typeof answer === 'number') {
				unwellSince ??= now;
				if (now - unwellSince > unwellForMs)
					return { state: 'unwell', sentence: `The shop answers and is not well: ${address}/api/health says ${answer}.` };
			} else {
				unwellSince = undefined;
				if (now - toldAt > silentForMs)
					return {
						state: 'silent',
						sentence: `The shop's process lives and nothing answers at ${address} for ${silentForMs / 1000} s (${answer}).`,
					};
			}
		}
		await wait(ASK_EVERY_MS);
	}
}

/**
 * @param {string} url
 * @returns {Promise<number | string>} The HTTP status, or why there was none.
 */
async function askHealth(url) {
	try {
		const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(ASK_FOR_AT_MOST_MS), redirect: 'manual' });
		await response.body?.cancel();
		return response.status;
	} catch (error) {
		if (!(error instanceof Error)) return 'no answer';
		if (error.name === 'TimeoutError') return `no answer within ${ASK_FOR_AT_MOST_MS / 1000} s`;
		const { cause } = error;
		return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
	}
}
