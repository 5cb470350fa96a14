/** Which phase makes an answer slow. Pure. */
import type { Finding, Phase } from '../../contract.ts';

const advice: Readonly<Record<string, { readonly words: string; readonly fix: string }>> = {
	dns: { words: 'resolving the name', fix: 'look at the name server and the record’s time to live' },
	connect: { words: 'connecting', fix: 'look at the distance and the network between, and at the listen queue' },
	tls: { words: 'the TLS handshake', fix: 'turn on TLS 1.3, and look at the server’s CPU' },
	'first-byte': {
		words: 'waiting for the first byte: the server is working or waiting',
		fix: 'look at what the page reads: queries, functions, the event loop',
	},
	body: { words: 'reading the body', fix: 'look at the size of the page, compression, and streaming parts that wait' },
};

/** Lower median, so that one slow sample of two does not count as the rule. @param samples phases of each request. */
export function medianPhases(samples: readonly (readonly Phase[])[]): readonly Phase[] {
	const names = [...new Set(samples.flatMap((phases) => phases.map((phase) => phase.name)))];
	return names.map((name) => {
		const values = samples
			.flatMap((phases) => phases.filter((phase) => phase.name === name).map((phase) => phase.durationMs))
			.toSorted((a, b) => a - b);
		return { name, durationMs: values[Math.floor((values.length - 1) / 2)] ?? 0 };
	});
}

/** @param totals whole duration of each request, in milliseconds. @param limits in milliseconds. */
export function judgeLatency(
	phases: readonly Phase[],
	totals: readonly number[],
	limits: { readonly warn: number; readonly max: number },
	path: string,
): readonly Finding[] {
	const sorted = totals.toSorted((a, b) => a - b);
	const total = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
	const limit = total > limits.max ? limits.max : limits.warn;
	if (total <= limits.warn && total <= limits.max) return [];
	const slowest = phases.toSorted((a, b) => b.durationMs - a.durationMs)[0] ?? { name: 'first-byte', durationMs: total };
	const told = advice[slowest.name] ?? { words: slowest.name, fix: 'look at the phases' };
	return [
		{
			code: `latency.slow.${slowest.name}`,
			severity: total > limits.max ? 'fail' : 'warn',
			message: `${path} takes ${Math.round(total)} ms, more than ${limit} ms; ${Math.round(slowest.durationMs)} ms of it ${told.words}`,
			fix: told.fix,
		},
	];
}
