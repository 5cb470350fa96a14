/** What the sign-ins and changes of a window of time look like. Pure. */
import type { Finding } from '../../contract.ts';
import type { ConvexAuditEvent, SecurityEvent } from '../../vendors.ts';

export interface SecurityBounds {
	/** Failed sign-ins in all from which it warns and fails. */
	readonly warn: number;
	readonly fail: number;
	readonly minutes: number;
}

/** Of one account: somebody who forgot a password tries a few times. */
const ACCOUNT_BURST = 10;
/** Of one address: an office has one for many. */
const ADDRESS_BURST = 20;
const LOCKOUT_BURST = 5;
/** Changes on the deployment in a window, without releases: a person makes some. */
const CHANGE_BURST = 20;
/** Ordinary work. */
const routine = /^push_config|^build_indexes$/;

export interface SecuritySums {
	readonly failed: number;
	readonly signedIn: number;
	readonly lockouts: number;
	readonly admin: number;
}

export function sumEvents(events: readonly SecurityEvent[]): SecuritySums {
	const of = (kind: SecurityEvent['kind']) => events.reduce((sum, event) => sum + (event.kind === kind ? event.count : 0), 0);
	return { failed: of('sign-in-failed'), signedIn: of('signed-in'), lockouts: of('lockout'), admin: of('admin') };
}

/** @param events of the window, oldest first. */
export function judgeEvents(events: readonly SecurityEvent[], { warn, fail, minutes }: SecurityBounds): readonly Finding[] {
	const window = `in the last ${minutes} min`;
	const { failed, lockouts, admin } = sumEvents(events);
	const findings: Finding[] = [];
	if (failed >= warn)
		findings.push({
			code: 'security.failed-sign-ins',
			severity: failed >= fail ? 'fail' : 'warn',
			message: `${failed} sign-ins failed ${window}`,
			fix: 'look at which accounts and addresses they are about; limit attempts, and refuse the network if it is one',
		});
	const failures = events.filter(({ kind }) => kind === 'sign-in-failed');
	for (const [mark, group] of groupBy(failures, ({ account }) => account?.mark)) {
		const count = sum(group);
		if (count < ACCOUNT_BURST) continue;
		const entered = signedInAfter(events, group, mark);
		findings.push({
			code: entered ? 'security.guessed' : 'security.account-burst',
			severity: entered ? 'fail' : 'warn',
			message: `${count} sign-ins to one account (marked ${mark}) failed ${window}${entered ? ', and then one succeeded' : ''}`,
			fix: entered
				? 'ask its owner; if it was somebody else, end its sessions and set a new password'
				: 'see that attempts are limited, and whether its owner needs help',
		});
	}
	for (const [mark, group] of groupBy(failures, ({ address }) => address?.mark)) {
		const count = sum(group);
		if (count < ADDRESS_BURST) continue;
		const network = group[0]?.address?.shown ?? `marked ${mark}`;
		const accounts = groupBy(group, ({ account }) => account?.mark).size;
		findings.push({
			code: 'security.address-burst',
			severity: 'warn',
			message: `${count} sign-ins from one address (${network}) failed ${window}${accounts > 1 ? `, to ${accounts} accounts` : ''}`,
			fix: 'refuse the address in front of the application if it goes on',
		});
	}
	if (lockouts > 0)
		findings.push({
			code: 'security.lockouts',
			severity: lockouts >= LOCKOUT_BURST ? 'warn' : 'info',
			message: `${lockouts === 1 ? 'One attempt was' : `${lockouts} attempts were`} turned away ${window}, because too many came`,
			fix: 'look at the failed sign-ins before them',
		});
	if (admin > 0)
		findings.push({
			code: 'security.admin',
			severity: 'info',
			message: `${admin === 1 ? 'One action of an administrator' : `${admin} actions of administrators`} ${window}: ${tally(events.filter(({ kind }) => kind === 'admin').map(({ name }) => name))}`,
		});
	return findings;
}

/** @param events of the window. Releases are ordinary and not counted. */
export function judgeChanges(events: readonly ConvexAuditEvent[], minutes: number): readonly Finding[] {
	const changes = events.filter(({ action }) => !routine.test(action));
	if (changes.length === 0) return [];
	return [
		{
			code: 'security.changes',
			severity: changes.length >= CHANGE_BURST ? 'warn' : 'info',
			message: `${changes.length === 1 ? 'One change' : `${changes.length} changes`} on the Convex deployment in the last ${minutes} min: ${tally(changes.map(({ action }) => action))}`,
			fix: 'see in the dashboard’s audit log who made them, and whether they were meant',
		},
	];
}

/** Whether the account was entered after the last of its failures. */
function signedInAfter(events: readonly SecurityEvent[], failures: readonly SecurityEvent[], mark: string): boolean {
	const last = failures.at(-1);
	if (last === undefined) return false;
	return events.slice(events.indexOf(last)).some(({ kind, account }) => kind === 'signed-in' && account?.mark === mark);
}

function groupBy(
	events: readonly SecurityEvent[],
	keyOf: (event: SecurityEvent) => string | undefined,
): ReadonlyMap<string, readonly SecurityEvent[]> {
	const groups = new Map<string, SecurityEvent[]>();
	for (const event of events) {
		const key = keyOf(event);
		if (key === undefined) continue;
		const known = groups.get(key);
		if (known === undefined) groups.set(key, [event]);
		else known.push(event);
	}
	return groups;
}

function sum(events: readonly SecurityEvent[]): number {
	return events.reduce((total, { count }) => total + count, 0);
}

/** `pause_deployment (2), snapshot_import`; the most frequent first, at most five. */
function tally(names: readonly string[]): string {
	const counts = new Map<string, number>();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	const sorted = [...counts].toSorted(([, a], [, b]) => b - a);
	const told = sorted.slice(0, 5).map(([name, count]) => (count === 1 ? name : `${name} (${count})`));
	return `${told.join(', ')}${sorted.length > 5 ? ', …' : ''}`;
}
