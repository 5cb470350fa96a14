import { z } from 'zod';
import { defineCheck } from '../../define-check.ts';
import { describeFailure } from '../../outcome/describe-failure.ts';
import { findEndpoint } from '../../outcome/endpoint-of.ts';
import { targetParam } from '../../params.ts';

export const netDns = defineCheck({
	id: 'net.dns',
	title: 'The name resolves',
	question: 'Does the host name lead to an address?',
	explains:
		'Asks the system’s resolver (hosts file included) for the addresses of the host. ok: at least one address, or the host is an address already. warn: it took longer than `warn`. fail: the name does not exist. unknown: the resolver itself did not answer, which says nothing about the name.',
	requires: [],
	needs: [],
	inherits: ['target'],
	params: z.object({
		target: targetParam(),
		warn: z
			.int()
			.min(1)
			.max(60_000)
			.default(1000)
			.meta({ description: 'Longest time that counts as well, in milliseconds', example: 'warn=1000' }),
	}),
	deadlineMs: 9000,
	run: async (context, { target, warn }) => {
		const endpoint = await findEndpoint(context, target);
		if (endpoint.kind === 'none') return { state: 'unknown', reason: endpoint.reason, enable: endpoint.enable };
		const { host } = endpoint;
		const result = await context.net.resolve({ host, signal: context.signal });
		if (result.kind === 'failure') return describeFailure(result, host);
		if (result.literal) return { state: 'ok', reason: `${host} is an address already: there is no name to resolve`, subject: host };
		const addresses = result.addresses.map(({ address }) => address);
		const measured = {
			subject: host,
			phases: [{ name: 'dns', durationMs: result.durationMs }],
			measurements: [
				{ name: 'resolve', value: result.durationMs, unit: 'ms' as const },
				{ name: 'addresses', value: addresses.length, unit: 'count' as const },
			],
			evidence: [{ title: `Addresses of ${host}`, kind: 'text' as const, body: addresses.join('\n') }],
		};
		if (result.durationMs > warn) {
			const message = `${host} takes ${Math.round(result.durationMs)} ms to resolve, more than ${warn} ms`;
			return {
				...measured,
				state: 'warn',
				reason: message,
				findings: [{ code: 'dns.slow', severity: 'warn', message, fix: 'look at the name server and the length of CNAME chains' }],
			};
		}
		return {
			...measured,
			state: 'ok',
			reason: `${host} resolves to ${addresses.slice(0, 2).join(', ')}${addresses.length > 2 ? ` and ${addresses.length - 2} more` : ''} in ${Math.round(result.durationMs)} ms`,
		};
	},
});
