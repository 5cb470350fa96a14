/**
 * A monitor signs in at most once a minute with one account, whatever it is asked: an application slows down who tries more often,
 * and a sign-in is an event in its security log. A person who asks for a diagnosis is answered at once, once per diagnosis.
 */
import type { CheckContext } from '../contract.ts';

const intervalMs = 60_000;
const lastTries = new Map<string, number>();

/** @returns null when it may be tried now. */
export function waitForTurn(
	{ service, purpose, now }: Pick<CheckContext, 'service' | 'purpose' | 'now'>,
	user: string,
): { readonly kind: 'not-tried'; readonly reason: string; readonly enable: string } | null {
	const key = `${service.url} ${user}`;
	const before = lastTries.get(key);
	const since = before === undefined ? null : now() - before;
	if (purpose === 'monitor' && since !== null && since >= 0 && since < intervalMs)
		return {
			kind: 'not-tried',
			reason: `Signed in ${Math.round(since / 1000)} s ago; a monitor does so at most once a minute`,
			enable: 'run it once a minute or less',
		};
	lastTries.set(key, now());
	return null;
}
