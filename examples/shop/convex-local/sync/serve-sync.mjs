import { socketOperations } from '../limits.mjs';
import { closeFrame, Refusal } from '../refusal.mjs';
import { callerOf, encodeTime, mustContinue, readFrame, resultOf } from './frames.mjs';
import { createQuerySet } from './query-set.mjs';

/** @import { WebSocket } from 'ws' */
/** @import { Deployment } from '../deployment.d.ts' */
/** @import { Caller } from '../functions/functions.d.ts' */
/** @import { AuthenticateFrame, ClientFrame, CallFrame, ServerFrame, StateVersion } from './protocol.d.ts' */

const PING_MS = 5000;
/** A client that says nothing, not even to pings, for so long is taken for dead (crates/local_backend/src/subs/mod.rs). */
const SILENCE_MS = 120_000;

/**
 * Speaks the sync protocol with one client (convex 1.48, src/browser/sync/protocol.ts): queries that a commit has changed are run again and sent when
 * their answer is another one. Mutations are done one after the other, actions at the same time.
 * @param {Deployment} deployment @param {WebSocket} socket
 */
export function serveSync(deployment, socket) {
	/** @type {StateVersion} */
	let version = { querySet: 0, identity: 0, ts: encodeTime(0) };
	/** @type {Caller} */
	let caller = { admin: false };
	let sessionId = '';
	let heardAt = performance.now();
	let waitingMutations = 0;
	let runningActions = 0;
	const queries = createQuerySet(deployment);
	/** @param {ServerFrame} frame */
	const send = (frame) => {
		if (socket.readyState === 1) socket.send(JSON.stringify(frame));
	};
	/** Work in turn; the first that fails ends the connection and nothing else. */
	const makeTurns = () => {
		let last = Promise.resolve();
		return (/** @type {() => Promise<void>} */ work) => {
			last = last.then(() => (socket.readyState === 1 ? work() : undefined)).catch(end);
		};
	};
	const inTurn = makeTurns();
	const asMutation = makeTurns();

	/** @type {'no' | 'when changed' | 'always'} */
	let refreshing = 'no';
	/** @param {'when changed' | 'always'} wanted whether the client is told also when nothing has changed: it waits for a time after its mutation */
	const refresh = (wanted) => {
		const planned = refreshing !== 'no';
		if (refreshing !== 'always') refreshing = wanted;
		if (planned) return;
		inTurn(async () => {
			const told = refreshing;
			refreshing = 'no';
			await transition({}, [], told === 'always');
		});
	};
	const lookAgain = () => refresh('when changed');
	deployment.subscribers.add(lookAgain);
	const beat = setInterval(() => {
		if (performance.now() - heardAt > SILENCE_MS) socket.close(1000, 'ClientDisconnected');
		else if (socket.readyState === 1) socket.ping();
	}, PING_MS);
	socket.on('pong', () => {
		heardAt = performance.now();
	});
	socket.on('close', () => {
		clearInterval(beat);
		deployment.subscribers.delete(lookAgain);
	});
	socket.on('error', () => socket.terminate());
	socket.on('message', (data) => {
		heardAt = performance.now();
		try {
			take(readFrame(data));
		} catch (error) {
			end(error);
		}
	});

	/** @param {unknown} error */
	function end(error) {
		const frame = closeFrame(error);
		if ('fatal' in frame) {
			send({ type: 'FatalError', error: frame.fatal });
			socket.close();
		} else socket.close(frame.code, frame.reason);
	}

	/** @param {ClientFrame} frame */
	function take(frame) {
		switch (frame.type) {
			case 'Connect':
				sessionId = frame.sessionId;
				return;
			case 'Authenticate':
				return inTurn(() => authenticate(frame));
			case 'ModifyQuerySet':
				return inTurn(async () => {
					mustContinue(frame.baseVersion, version.querySet, 'query set');
					const removed = queries.modify(frame.modifications);
					await transition({ querySet: frame.newVersion }, removed);
				});
			case 'Mutation':
				waitingMutations++;
				if (waitingMutations > socketOperations + 1)
					throw new Refusal(
						429,
						'TooManyConcurrentMutations',
						`Too many concurrent mutations. Only up to ${socketOperations} pending mutations allowed on a single websocket.`,
					);
				return asMutation(() => mutate(frame));
			case 'Action':
				if (runningActions > socketOperations)
					throw new Refusal(
						429,
						'TooManyInflightActionsForSingleClient',
						`Inflight actions overloaded for a single client, max concurrency: ${socketOperations}`,
					);
				runningActions++;
				return void act(frame).catch(end);
			default:
		}
	}

	/** @param {AuthenticateFrame} frame */
	async function authenticate(frame) {
		try {
			mustContinue(frame.baseVersion, version.identity, 'identity');
			caller = await callerOf(deployment, frame);
		} catch (error) {
			const words = error instanceof Error ? error.message : String(error);
			return send({ type: 'AuthError', error: words, baseVersion: frame.baseVersion, authUpdateAttempted: true });
		}
		queries.forget();
		await transition({ identity: frame.baseVersion + 1 });
	}

	/** @param {CallFrame} frame */
	async function mutate({ requestId, udfPath, args }) {
		try {
			const session = sessionId === '' ? undefined : { sessionId, requestId };
			const answer = await deployment.call({ path: udfPath, args, type: 'Mutation', caller, from: 'SyncWorker', session });
			// What follows at a later time has seen what it wrote.
			const ts = encodeTime(deployment.tick());
			send({ type: 'MutationResponse', requestId, ...resultOf(answer), ...(answer.status === 'success' ? { ts } : {}) });
			if (answer.status === 'success') refresh('always');
		} finally {
			waitingMutations--;
		}
	}

	/** @param {CallFrame} frame */
	async function act({ requestId, udfPath, args }) {
		try {
			const answer = await deployment.call({ path: udfPath, args, type: 'Action', caller, from: 'SyncWorker' });
			send({ type: 'ActionResponse', requestId, ...resultOf(answer) });
		} finally {
			runningActions--;
		}
	}

	/** @param {{ querySet?: number, identity?: number }} change @param {ServerFrame[]} [removed] */
	async function transition(change, removed = [], always = true) {
		const ts = encodeTime(deployment.tick());
		const modifications = [...removed, ...(await queries.refresh(caller))];
		if (modifications.length === 0 && !always) return;
		const end = { querySet: change.querySet ?? version.querySet, identity: change.identity ?? version.identity, ts };
		send({ type: 'Transition', startVersion: version, endVersion: end, modifications });
		version = end;
	}
}
