import { failedAnswer, PlainError } from '../functions/error-words.mjs';
import { askSystem } from '../http/ask-system.mjs';

/** @import { ReadToken } from '../data/data.d.ts' */
/** @import { Deployment } from '../deployment.d.ts' */
/** @import { Answer, Caller } from '../functions/functions.d.ts' */
/** @import { QueryModification, ServerFrame } from './protocol.d.ts' */

/** @typedef {{ path: string, args: unknown, last?: string, token?: ReadToken }} Subscription token: what the last answer was read from */

/** Answers that belong to different versions of the data are asked again, at most so often. */
const MOST_TURNS = 10;

/** The queries that one client subscribes to. @param {Deployment} deployment */
export function createQuerySet(deployment) {
	const { committer } = deployment.database;
	/** @type {Map<number, Subscription>} */
	const subscriptions = new Map();

	/** @param {Subscription} subscription */
	function isCurrent(subscription) {
		const { token } = subscription;
		if (!token || !committer.isCurrent(token)) return false;
		// Seen to hold now, it need not be held against older commits again.
		subscription.token = { ...token, version: committer.version() };
		return true;
	}

	/** @param {Subscription} subscription @param {Caller} caller @returns {Promise<Answer>} */
	async function ask(subscription, caller) {
		const { path, args } = subscription;
		if (path.startsWith('_system/')) return askSystemQuery(deployment, { path, args, caller });
		return deployment.call({
			path,
			args,
			type: 'Query',
			caller,
			from: 'SyncWorker',
			onRead: (token) => {
				subscription.token = token;
			},
		});
	}

	return {
		/** @param {readonly QueryModification[]} modifications @returns {ServerFrame[]} */
		modify(modifications) {
			/** @type {ServerFrame[]} */
			const removed = [];
			for (const change of modifications) {
				if (change.type === 'Add') subscriptions.set(change.queryId, { path: change.udfPath, args: change.args });
				else if (subscriptions.delete(change.queryId)) removed.push({ type: 'QueryRemoved', queryId: change.queryId });
			}
			return removed;
		},
		/** Everything is asked and sent again: for another caller the answers are others. */
		forget() {
			for (const subscription of subscriptions.values()) {
				delete subscription.last;
				delete subscription.token;
			}
		},
		/** Asks again what may have changed. @param {Caller} caller @returns {Promise<ServerFrame[]>} the answers that did */
		async refresh(caller) {
			/** @type {Map<number, ServerFrame>} */
			const changed = new Map();
			for (let turn = 0; turn < MOST_TURNS; turn++) {
				const stale = [...subscriptions].filter(([, subscription]) => !isCurrent(subscription));
				// What was read from nothing, such as a refusal, is asked once.
				const toAsk = turn === 0 ? stale : stale.filter(([, { token }]) => token !== undefined);
				if (toAsk.length === 0) break;
				for (const [queryId, subscription] of toAsk) {
					const answer = await ask(subscription, caller);
					const seen = contentOf(answer);
					if (seen === subscription.last) continue;
					subscription.last = seen;
					changed.set(queryId, frameOf(queryId, answer));
				}
			}
			return [...changed.values()];
		},
	};
}

/** @param {Deployment} deployment @param {{ path: string, args: unknown, caller: Caller }} query @returns {Promise<Answer>} */
async function askSystemQuery(deployment, { path, args, caller }) {
	try {
		if (!caller.admin) throw new PlainError('Only an administrator may ask system functions.');
		const [given = {}] = Array.isArray(args) ? args : [args];
		return { status: 'success', value: await askSystem(deployment, path, given), logLines: [] };
	} catch (error) {
		if (!(error instanceof PlainError)) throw error;
		return failedAnswer(error, { requestId: 'system', redact: deployment.redact, logLines: [] });
	}
}

/** What an answer says, without the number of the request. @param {Answer} answer */
const contentOf = (answer) =>
	JSON.stringify(
		answer.status === 'success' ? [answer.value] : [answer.errorMessage.replace(/\[Request ID: \w+\] /, ''), answer.errorData, 'error'],
	);

/** @param {number} queryId @param {Answer} answer @returns {ServerFrame} */
function frameOf(queryId, answer) {
	const { logLines } = answer;
	if (answer.status === 'success') return { type: 'QueryUpdated', queryId, value: answer.value, logLines, journal: null };
	const { errorMessage, errorData } = answer;
	return { type: 'QueryFailed', queryId, errorMessage, logLines, journal: null, ...(errorData === undefined ? {} : { errorData }) };
}
