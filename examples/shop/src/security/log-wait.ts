import { logEvent } from '../log.ts';
import type { WaitReason } from './tell-wait.ts';

const EVERY_MS = 60_000;
const said = new Map<string, { at: number; since: number }>();

/** Says in the log that somebody had to wait: once a minute for each reason, with how many it were since the last time. */
export function logWait(doing: 'sign-in' | 'register', reason: WaitReason, now: number = Date.now()): void {
	const key = `${doing} ${reason}`;
	const last = said.get(key);
	if (last !== undefined && now - last.at < EVERY_MS) {
		last.since++;
		return;
	}
	logEvent('warn', `${doing}.too-many`, { reason, count: (last?.since ?? 0) + 1 });
	said.set(key, { at: now, since: 0 });
}
