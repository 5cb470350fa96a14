import { z } from 'zod';
import type { Finding } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { describeFailure } from '../../outcome/describe-failure.ts';
import { findEndpoint, nameEndpoint } from '../../outcome/endpoint-of.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { noTls, readHandshake } from '../../page/read-handshake.ts';
import { targetParam } from '../../params.ts';
import type { Handshaken } from '../../probe/net-probe.ts';
import { translateError } from '../../probe/translate-error.ts';

export const netTls = defineCheck({
	id: 'net.tls',
	title: 'The TLS handshake succeeds',
	question: 'Can a browser open a secure connection that it trusts?',
	explains:
		'Makes the handshake that a browser would make: protocol 1.2 or later, a chain to a trusted authority (or one named with `ca`), a certificate for this name. ok: all of it. fail: a browser would stop with an error. unknown: the service is on plain http.',
	requires: ['a service on https; `ca` for an authority of your own'],
	needs: ['net.tcp'],
	inherits: ['target'],
	appliesTo: (service) => service.url.startsWith('https:'),
	params: z.object({ target: targetParam() }),
	deadlineMs: 9000,
	run: async (context, { target }) => {
		const endpoint = await findEndpoint(context, target);
		if (endpoint.kind === 'none') return { state: 'unknown', reason: endpoint.reason, enable: endpoint.enable };
		const subject = nameEndpoint(endpoint);
		if (!endpoint.secure) return { ...noTls, subject };
		const result = await readHandshake(context, endpoint);
		if (result.kind === 'failure') return describeFailure(result, subject);
		const findings = judgeHandshake(result, endpoint);
		const tlsMs = result.phases.find((phase) => phase.name === 'tls')?.durationMs ?? result.durationMs;
		const reason = findings.length > 0 ? summariseFindings(findings) : `${result.protocol} in ${tlsMs} ms, trusted, for ${endpoint.host}`;
		return {
			state: stateOf(findings),
			reason,
			findings,
			subject,
			phases: result.phases,
			measurements: [{ name: 'handshake', value: tlsMs, unit: 'ms' }],
			evidence: [{ title: 'Handshake', kind: 'text', body: `${result.protocol}, ${result.cipher}, ${result.address}` }],
		};
	},
});

/** Versions before 1.2: RFC 8996 (https://www.rfc-editor.org/rfc/rfc8996); browsers refuse them. */
const oldProtocols = new Set(['SSLv3', 'TLSv1', 'TLSv1.1']);

export function judgeHandshake(handshake: Handshaken, endpoint: { readonly host: string; readonly port: number }): readonly Finding[] {
	const findings: Finding[] = [];
	const place = { ...endpoint, phase: 'tls' as const, secure: true };
	if (oldProtocols.has(handshake.protocol)) {
		findings.push({
			code: 'tls.protocol',
			severity: 'fail',
			message: `${nameEndpoint(endpoint)} offers ${handshake.protocol} at best, which browsers refuse`,
			fix: 'turn on TLS 1.2 and 1.3',
		});
	}
	if (handshake.trustError !== null && handshake.trustError !== 'ERR_TLS_CERT_ALTNAME_INVALID') {
		const { code, reason, fix } = translateError({ code: handshake.trustError }, place);
		findings.push({
			code: code === 'net.other' ? 'tls.untrusted' : code,
			severity: 'fail',
			message: reason,
			...(fix === undefined ? {} : { fix }),
		});
	}
	if (handshake.nameError !== null) {
		const names = handshake.chain[0]?.names.join(', ') ?? '';
		findings.push({
			code: 'tls.wrong-name',
			severity: 'fail',
			message: `The certificate is for ${names === '' ? 'no name at all' : names}, not for ${endpoint.host}`,
			fix: `issue a certificate that covers ${endpoint.host}`,
		});
	}
	return findings;
}
