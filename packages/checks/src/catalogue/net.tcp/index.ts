import { z } from 'zod';
import { defineCheck } from '../../define-check.ts';
import { describeFailure } from '../../outcome/describe-failure.ts';
import { findEndpoint, nameEndpoint } from '../../outcome/endpoint-of.ts';
import { targetParam } from '../../params.ts';

export const netTcp = defineCheck({
	id: 'net.tcp',
	title: 'The port accepts connections',
	question: 'Does something listen where the service should be?',
	explains:
		'Opens a TCP connection to the host and port of the URL and closes it. ok: accepted. fail: refused, unreachable, or no answer in time. unknown: this machine has no way there, or the address may not be asked.',
	requires: [],
	needs: ['net.dns'],
	inherits: ['target'],
	params: z.object({ target: targetParam() }),
	deadlineMs: 9000,
	run: async (context, { target }) => {
		const endpoint = await findEndpoint(context, target);
		if (endpoint.kind === 'none') return { state: 'unknown', reason: endpoint.reason, enable: endpoint.enable };
		const subject = nameEndpoint(endpoint);
		const result = await context.net.connect({ host: endpoint.host, port: endpoint.port, signal: context.signal });
		if (result.kind === 'failure') return describeFailure(result, subject);
		const connectMs = result.phases.find((phase) => phase.name === 'connect')?.durationMs ?? result.durationMs;
		return {
			state: 'ok',
			reason: `${subject} accepts connections (${connectMs} ms)`,
			subject,
			phases: result.phases,
			measurements: [{ name: 'connect', value: connectMs, unit: 'ms' }],
		};
	},
});
