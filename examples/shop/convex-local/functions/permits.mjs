import { concurrencyFactors, permitTimeoutMs } from '../limits.mjs';
import { Refusal } from '../refusal.mjs';

/** @import { Permits } from './functions.d.ts' */
/** @typedef {keyof typeof concurrencyFactors} Kind */

const PLURALS = { Query: 'queries', Mutation: 'mutations', Action: 'actions', HttpAction: 'HTTP actions' };

/**
 * How many functions of a kind run at the same time. Who finds no place waits in turn and is refused after 5 s
 * (crates/application/src/application_function_runner/mod.rs, `acquire_permit_with_timeout`).
 * @param {number} size of the deployment's class: queries and mutations at a time @returns {Permits}
 */
export function createPermits(size) {
	/** @param {Kind} kind */
	const makePool = (kind) => ({ free: size * concurrencyFactors[kind], waiting: /** @type {Set<() => void>} */ (new Set()) });
	const pools = {
		Query: makePool('Query'),
		Mutation: makePool('Mutation'),
		Action: makePool('Action'),
		HttpAction: makePool('HttpAction'),
	};
	/** @param {Kind} kind */
	const release = (kind) => {
		const [next] = pools[kind].waiting;
		if (next) next();
		else pools[kind].free++;
	};
	return {
		async acquire(kind) {
			const pool = pools[kind];
			if (pool.free > 0) pool.free--;
			else
				await new Promise((done, fail) => {
					const turn = () => {
						clearTimeout(timer);
						pool.waiting.delete(turn);
						done(undefined);
					};
					const timer = setTimeout(() => {
						pool.waiting.delete(turn);
						fail(
							new Refusal(
								429,
								'TooManyConcurrentRequests',
								`Too many concurrent requests. Your backend is limited to ${size * concurrencyFactors[kind]} concurrent ${PLURALS[kind]}. To get more resources, upgrade your deployment.`,
							),
						);
					}, permitTimeoutMs);
					pool.waiting.add(turn);
				});
			return () => release(kind);
		},
		running: () =>
			Object.fromEntries(
				/** @type {Kind[]} */ (Object.keys(pools)).map((kind) => [kind, size * concurrencyFactors[kind] - pools[kind].free]),
			),
	};
}
