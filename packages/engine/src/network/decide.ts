/**
 * Whether it is Holdfast itself that reaches nothing. Pure, always with the reason. Rules are numbered N1 to N5, and tests quote the numbers.
 */

/** Words of a host are compared within this time: monitors that tell whether it is there are asked at least every half minute by default. */
export const SAME_MOMENT_MS = 60_000;

/** What was last seen of a host that is not this machine; times in milliseconds, by one clock. */
export interface HostView {
	readonly host: string;
	/** Null: never. */
	readonly reachedAt: number | null;
	/** Name not found, no route, no answer to a connection attempt. A refused connection is an answer. */
	readonly unreachedAt: number | null;
}

export interface NetworkView {
	/** This machine has an address that others could reach it by. */
	readonly hasAddress: boolean;
	readonly hosts: readonly HostView[];
	/** What the references of the configuration (`outside`) say; null: there are none, or nobody asked. */
	readonly isOutsideReached: boolean | null;
}

export interface NetworkDecision {
	readonly isCutOff: boolean;
	readonly reason: string;
}

/** Whether it is worth asking the references: a host was not reached, and nothing was since. */
export function isInDoubt({ hasAddress, hosts }: Pick<NetworkView, 'hasAddress' | 'hosts'>, now: number): boolean {
	return hasAddress && hosts.some((host) => isDark(host, now)) && !hosts.some((host) => isReachedSince(host, lastDark(hosts, now)));
}

export function decideNetwork(view: NetworkView, now: number): NetworkDecision {
	const { hasAddress, hosts, isOutsideReached } = view;
	// N1. Without an address of its own this machine reaches itself only.
	if (!hasAddress) return { isCutOff: true, reason: 'this machine has no address on any network' };
	const dark = hosts.filter((host) => isDark(host, now));
	if (dark.length === 0) return { isCutOff: false, reason: 'every host was reached' };
	// N2. What was reached after it proves the network.
	const reached = hosts.find((host) => isReachedSince(host, lastDark(hosts, now)));
	if (reached !== undefined) return { isCutOff: false, reason: `${reached.host} is reached` };
	// N3. References are asked where there are some, and they decide.
	if (isOutsideReached === true) return { isCutOff: false, reason: 'the references outside are reached' };
	if (isOutsideReached === false) return { isCutOff: true, reason: 'neither the services nor the references outside are reached' };
	// N4. Two hosts do not vanish at the same moment, all of them and nothing else.
	if (dark.length >= 2 && dark.length === hosts.length)
		return { isCutOff: true, reason: `all ${dark.length} hosts (${dark.map(({ host }) => host).join(', ')}) vanished at the same moment` };
	// N5. One host that is not reached is down.
	return { isCutOff: false, reason: `${dark.map(({ host }) => host).join(', ')} ${dark.length === 1 ? 'is' : 'are'} not reached` };
}

/** Not reached a moment ago, and not since. */
function isDark({ reachedAt, unreachedAt }: HostView, now: number): boolean {
	return unreachedAt !== null && now - unreachedAt <= SAME_MOMENT_MS && (reachedAt === null || reachedAt < unreachedAt);
}

function lastDark(hosts: readonly HostView[], now: number): number {
	return Math.max(...hosts.filter((host) => isDark(host, now)).map(({ unreachedAt }) => unreachedAt ?? 0));
}

function isReachedSince({ reachedAt }: HostView, since: number): boolean {
	return reachedAt !== null && reachedAt >= since;
}
