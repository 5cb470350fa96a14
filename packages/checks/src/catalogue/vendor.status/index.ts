import { z } from 'zod';
import type { CheckContext, Finding } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { isListedHost } from '../../probe/target.ts';
import { readReach, type VendorStatus, type VendorVerdict } from '../../vendors.ts';

export const vendorStatus = defineCheck({
	id: 'vendor.status',
	title: 'Vendors report no outage',
	question: 'Does a vendor that the service rests on report trouble?',
	explains:
		'Reads the vendor’s public status page (Statuspage v2). ok: no trouble reported. warn: minor trouble or maintenance. fail: a major or critical outage. unknown: the page could not be read, which says nothing about the vendor. A status page is what a vendor says of itself, often late: it raises a suspicion and proves nothing.',
	requires: ['a vendor by name, or `vendors` of the service in holdfast.yaml; a way out to the Internet'],
	needs: [],
	params: z.object({
		vendor: z.string().min(1).max(200).optional().meta({
			description: 'Name of a vendor (convex, vercel, sentry, …) or URL of its status page; without it all vendors of the service',
			example: 'vendor=convex',
		}),
	}),
	deadlineMs: 6000,
	run: async (context, { vendor }) => {
		const vendors = vendor === undefined ? context.service.vendors : [vendor];
		if (vendors.length === 0)
			return {
				state: 'unknown',
				reason: 'The service names no vendors',
				enable: 'add `vendors: [convex, vercel]` to the service, or give vendor=',
			};
		const read = await Promise.all(vendors.map(async (name) => ({ name, verdict: await readVendor(context, name) })));
		const answers = read.flatMap(({ verdict }) => (verdict.kind === 'answer' ? [verdict.value] : []));
		const findings = answers.flatMap((status) => judgeStatus(status) ?? []);
		const silent = read.flatMap(({ verdict }) => (verdict.kind === 'no-answer' ? [verdict] : []))[0];
		const subject = answers[0]?.page ?? vendors.join(', ');
		const evidence = answers.map((status) => ({ title: `Status of ${status.vendor}`, kind: 'table' as const, body: showStatus(status) }));
		if (stateOf(findings) !== 'fail' && silent !== undefined)
			return {
				state: 'unknown',
				reason: silent.reason,
				...(silent.enable === undefined ? {} : { enable: silent.enable }),
				findings,
				evidence,
				subject,
			};
		const good = answers.map((status) => `${status.vendor}: ${status.description}`).join('; ');
		return { state: stateOf(findings), reason: findings.length > 0 ? summariseFindings(findings) : good, findings, evidence, subject };
	},
});

/** A URL may come from a document: it is asked only where the service declares it. Names are the provider's own table. */
async function readVendor(context: CheckContext, vendor: string): Promise<VendorVerdict<VendorStatus>> {
	if (/^[a-z][a-z0-9+.-]*:/i.test(vendor)) {
		if (!URL.canParse(vendor))
			return {
				kind: 'no-answer',
				code: 'refused',
				reason: `Expected a vendor’s name or the URL of its status page, got "${vendor.slice(0, 80)}"`,
			};
		const url = new URL(vendor);
		if (!isPageAllowed(context, url)) {
			return {
				kind: 'no-answer',
				code: 'refused',
				reason: `${url.host} is not a declared vendor, so it is not asked`,
				enable: `add ${url.origin} to the service’s \`vendors\``,
			};
		}
	}
	return context.fact(`vendor:${vendor}`, (signal) => context.vendors.statusPage.readStatus(vendor, signal, readReach(context.service)));
}

/** The service's own host is not enough: other things listen on its other ports. */
function isPageAllowed({ service, vendors }: CheckContext, page: URL): boolean {
	const declared = service.vendors.some((vendor) => URL.canParse(vendor) && new URL(vendor).host === page.host);
	return declared || isListedHost(page.hostname, service.allowHosts) || vendors.statusPage.isKnownPage?.(page.host) === true;
}

function judgeStatus(status: VendorStatus): Finding | null {
	const incident = status.incidents[0] === undefined ? '' : `: ${status.incidents[0].name}`;
	const fix = `follow ${status.page}`;
	switch (status.indicator) {
		case 'none':
			return null;
		case 'minor':
		case 'maintenance':
			return {
				code: `vendor.${status.indicator}`,
				severity: 'warn',
				message: `${status.vendor} reports ${status.indicator === 'minor' ? 'minor trouble' : 'maintenance'}${incident}`,
				fix,
			};
		case 'major':
		case 'critical':
			return {
				code: `vendor.${status.indicator}`,
				severity: 'fail',
				message: `${status.vendor} reports a ${status.indicator} outage${incident}`,
				fix,
			};
		default:
			return status.indicator satisfies never;
	}
}

function showStatus(status: VendorStatus): string {
	const head = `${status.description} (${status.indicator})${status.updatedAt === null ? '' : `, updated ${status.updatedAt}`}`;
	return [head, ...status.incidents.slice(0, 10).map((incident) => `${incident.impact}  ${incident.status}  ${incident.name}`)].join('\n');
}
