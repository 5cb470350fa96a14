import { identify } from './authenticate.mjs';
import { askSystem } from './system.mjs';

/**
 * Speaks the sync protocol with one client: queries are run again after every commit and sent when their answer is another one.
 * @param {any} d @param {import('ws').WebSocket} socket
 */
export function serveSync(d, socket) {
	/** @type {Map<number, { path: string, args: any, last?: string }>} */
	const queries = new Map();
	let version = { querySet: 0, identity: 0, ts: stamp(0) };
	/** @type {{ admin: boolean, identity: any }} */
	let who = { admin: false, identity: undefined };
	let clock = 0;
	let chain = Promise.resolve();
	const send = (/** @type {any} */ frame) => {
		if (socket.readyState === 1) socket.send(JSON.stringify(frame));
	};
	const later = (/** @type {() => Promise<void>} */ work) => {
		chain = chain.then(work).catch((error) => send({ type: 'FatalError', error: String(error?.message ?? error) }));
	};
	const refresh = () => later(() => transition({}));
	d.subscribers.add(refresh);
	const beat = setInterval(() => socket.readyState === 1 && socket.ping(), 5000);
	socket.on('close', () => {
		clearInterval(beat);
		d.subscribers.delete(refresh);
	});
	// An invalid frame ends its own connection and nothing else.
	socket.on('error', () => socket.terminate());
	socket.on('message', (data) => later(async () => take(JSON.parse(/** @type {Buffer} */ (data).toString('utf8')))));

	/** @param {any} frame */
	async function take(frame) {
		if (frame.type === 'Authenticate') {
			try {
				who = await whoIs(frame);
			} catch (error) {
				const words = error instanceof Error ? error.message : String(error);
				send({ type: 'AuthError', error: words, baseVersion: frame.baseVersion, authUpdateAttempted: true });
				return;
			}
			for (const query of queries.values()) delete query.last;
			return transition({ identity: frame.baseVersion + 1 });
		}
		if (frame.type === 'ModifyQuerySet') {
			const removed = [];
			for (const it of frame.modifications) {
				if (it.type === 'Add') queries.set(it.queryId, { path: it.udfPath, args: it.args });
				else if (queries.delete(it.queryId)) removed.push({ type: 'QueryRemoved', queryId: it.queryId });
			}
			return transition({ querySet: frame.newVersion }, removed);
		}
		if (frame.type === 'Mutation' || frame.type === 'Action') {
			const answer = await call(frame.udfPath, frame.args, frame.type);
			const ok = answer.status === 'success';
			const ts = stamp(d.clock());
			send({
				type: `${frame.type}Response`,
				requestId: frame.requestId,
				success: ok,
				result: ok ? answer.value : answer.errorMessage,
				logLines: answer.logLines ?? [],
				...(ok ? (frame.type === 'Mutation' ? { ts } : {}) : 'errorData' in answer ? { errorData: answer.errorData } : {}),
			});
			if (frame.type === 'Mutation' && ok) return transition({});
		}
	}

	/** @param {{ querySet?: number, identity?: number }} change @param {any[]} modifications */
	async function transition(change, modifications = []) {
		const ts = Math.max(d.clock(), clock + 1);
		clock = ts;
		for (const [queryId, query] of queries) {
			const answer = await call(query.path, query.args, 'Query');
			const { value, errorMessage, errorData } = answer;
			const seen = JSON.stringify(answer.status === 'success' ? [value] : [errorMessage.replace(/\[Request ID: \w+\] /, ''), errorData]);
			if (seen === query.last) continue;
			query.last = seen;
			const logLines = answer.logLines ?? [];
			modifications.push(
				answer.status === 'success'
					? { type: 'QueryUpdated', queryId, value, logLines, journal: null }
					: { type: 'QueryFailed', queryId, errorMessage, logLines, journal: null, ...(errorData === undefined ? {} : { errorData }) },
			);
		}
		const end = { querySet: change.querySet ?? version.querySet, identity: change.identity ?? version.identity, ts: stamp(ts) };
		send({ type: 'Transition', startVersion: version, endVersion: end, modifications });
		version = end;
	}

	/** @param {string} path @param {any} args @param {string} kind */
	async function call(path, args, kind) {
		try {
			if (path.startsWith('_system/')) {
				if (!who.admin) throw new Error('Only an administrator may ask system functions.');
				return { status: 'success', value: await askSystem(d, path, args[0] ?? {}) };
			}
			return await d.executor.run({ path, args, kind, ...who });
		} catch (error) {
			return { status: 'error', errorMessage: String(/** @type {any} */ (error).message) };
		}
	}

	/** @param {any} frame */
	async function whoIs(frame) {
		if (frame.tokenType === 'Admin') {
			if (!d.isAdmin(frame.value)) throw new Error('The provided admin key was invalid for this instance.');
			return { admin: true, identity: undefined };
		}
		if (frame.tokenType === 'User') return { admin: false, identity: await identify(frame.value, await d.providers()) };
		return { admin: false, identity: undefined };
	}
}

/** Base64 of a little-endian 64-bit number. @param {number} value */
function stamp(value) {
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64LE(BigInt(value));
	return bytes.toString('base64');
}
