import { z } from 'zod';
import type { Finding } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { describeFailure } from '../../outcome/describe-failure.ts';
import { findEndpoint, nameEndpoint } from '../../outcome/endpoint-of.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { noTls, readHandshake } from '../../page/read-handshake.ts';
import { targetParam } from '../../params.ts';
import type { Handshaken } from '../../probe/net-probe.ts';
import { judgeHandshake } from '../net.tls/index.ts';

const dayMs = 86_400_000;

export const tlsCertificate = defineCheck({
	id: 'tls.certificate',
	title: 'The certificate is valid for long enough',
	question: 'Is the certificate valid, for this name, and when does it end?',
	explains:
		'Reads the chain that the server sends. ok: valid for more than `warn` days, right name, trusted. warn: ends within `warn` days (21 by default: automatic renewal usually runs 30 days before the end, so something did not). fail: ends within `fail` days, has ended, is for another name or leads to no trusted authority. unknown: the service is on plain http.',
	requires: ['a service on https; `ca` for an authority of your own'],
	needs: ['net.tcp'],
	params: z.object({
		target: targetParam(),
		warn: z.int().min(0).max(825).default(21).meta({ description: 'Days before the end from which it is a warning', example: 'warn=21' }),
		fail: z.int().min(0).max(825).default(3).meta({ description: 'Days before the end from which it is a failure', example: 'fail=3' }),
	}),
	deadlineMs: 9000,
	run: async (context, { target, warn, fail }) => {
		const endpoint = await findEndpoint(context, target);
		if (endpoint.kind === 'none') return { state: 'unknown', reason: endpoint.reason, enable: endpoint.enable };
		const subject = nameEndpoint(endpoint);
		if (!endpoint.secure) return { ...noTls, subject };
		const result = await readHandshake(context, endpoint);
		if (result.kind === 'failure') return describeFailure(result, subject);
		const expiry = judgeExpiry(result, context.now(), { warn, fail });
		const others = judgeHandshake(result, endpoint).filter(
			(finding) => !(finding.code === 'tls.expired' && expiry.finding?.code === 'tls.expired') && finding.code !== 'tls.protocol',
		);
		const findings = [...(expiry.finding === null ? [] : [expiry.finding]), ...others];
		return {
			state: stateOf(findings),
			reason:
				findings.length > 0
					? summariseFindings(findings)
					: `Valid for ${expiry.daysLeft} more days (until ${expiry.validTo.slice(0, 10)}), for ${endpoint.host}, trusted`,
			findings,
			subject,
			measurements: [{ name: 'days-left', value: expiry.daysLeft, unit: 'days' }],
			evidence: [{ title: 'Certificate chain', kind: 'chain', body: showChain(result) }],
		};
	},
});

/** Judges the certificate of the whole chain that ends first. @param now milliseconds since the epoch. */
export function judgeExpiry(
	{ chain }: Pick<Handshaken, 'chain'>,
	now: number,
	limits: { readonly warn: number; readonly fail: number },
): { readonly daysLeft: number; readonly validTo: string; readonly finding: Finding | null } {
	const first = chain.toSorted((a, b) => Date.parse(a.validTo) - Date.parse(b.validTo))[0];
	if (first === undefined) {
		return {
			daysLeft: 0,
			validTo: '',
			finding: { code: 'tls.no-certificate', severity: 'fail', message: 'The server sends no certificate', fix: 'configure a certificate' },
		};
	}
	const daysLeft = Math.floor((Date.parse(first.validTo) - now) / dayMs);
	const which = first === chain[0] ? 'The certificate' : `The certificate of ${first.subject} in the chain`;
	const fix = 'renew the certificate and look at why renewal did not run';
	const give = (code: string, severity: Finding['severity'], message: string, what: string = fix) => ({
		daysLeft,
		validTo: first.validTo,
		finding: { code, severity, message, fix: what },
	});
	if (Date.parse(first.validTo) <= now) {
		const ago = Math.floor((now - Date.parse(first.validTo)) / dayMs);
		return give(
			'tls.expired',
			'fail',
			`${which} expired ${ago === 0 ? 'today' : `${ago} ${ago === 1 ? 'day' : 'days'} ago`} (${first.validTo.slice(0, 10)})`,
		);
	}
	const notYet = chain.find((certificate) => Date.parse(certificate.validFrom) > now);
	if (notYet !== undefined)
		return give(
			'tls.not-yet-valid',
			'fail',
			`The certificate of ${notYet.subject} is valid only from ${notYet.validFrom}`,
			'look at the clocks of both machines',
		);
	const message = `${which} ends in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} (${first.validTo.slice(0, 10)})`;
	if (daysLeft <= limits.fail) return give('tls.expires-soon', 'fail', message);
	if (daysLeft <= limits.warn) return give('tls.expires-soon', 'warn', message);
	return { daysLeft, validTo: first.validTo, finding: null };
}

function showChain({ chain }: Handshaken): string {
	return chain
		.map(
			(certificate, index) =>
				`${index}  ${certificate.subject}  by ${certificate.issuer}  ${certificate.validFrom.slice(0, 10)} to ${certificate.validTo.slice(0, 10)}${certificate.names.length > 0 ? `  for ${certificate.names.slice(0, 8).join(', ')}` : ''}`,
		)
		.join('\n');
}
