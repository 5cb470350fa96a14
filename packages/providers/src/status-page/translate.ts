/** Statuspage v2 JSON to our shape. Tolerant: a page with nothing but `status` is enough. Pure. */
import type { VendorStatus } from '@holdfast/checks/vendors';
import { z } from 'zod';

const Text = z.string().catch('');

const SummarySchema = z.object({
	page: z
		.object({ name: Text, url: Text, updated_at: z.string().nullish().catch(null) })
		.partial()
		.catch({}),
	status: z.object({ indicator: z.enum(['none', 'minor', 'major', 'critical', 'maintenance']), description: Text }),
	incidents: z
		.array(
			z
				.object({ name: Text, status: Text, impact: Text, shortlink: z.string().nullish().catch(null) })
				.partial()
				.catch({}),
		)
		.catch([])
		.default([]),
});

/** Longest text taken over from a page, in characters; most incidents. */
const maxText = 200;
const maxIncidents = 20;

/** @param text the answer's body. @returns null when it is not a status summary. */
export function translateStatus(text: string, vendor: string, page: string): VendorStatus | null {
	const parsed = SummarySchema.safeParse(parseJson(text));
	if (!parsed.success) return null;
	const { status, incidents, page: said } = parsed.data;
	return {
		vendor,
		page,
		indicator: status.indicator,
		description: clean(status.description) || status.indicator,
		incidents: incidents
			.filter((incident) => incident.status !== 'resolved' && incident.status !== 'postmortem')
			.slice(0, maxIncidents)
			.map((incident) => ({
				name: clean(incident.name),
				status: clean(incident.status),
				impact: clean(incident.impact),
				url: readLink(incident.shortlink),
			})),
		updatedAt: readTime(said.updated_at),
	};
}

/** One line, no control characters: it is shown on terminals. */
function clean(text: string | undefined): string {
	return (text ?? '')
		.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
		.trim()
		.slice(0, maxText);
}

function readLink(link: string | null | undefined): string | null {
	return typeof link === 'string' && /^https?:\/\//.test(link) && URL.canParse(link) ? new URL(link).href.slice(0, maxText) : null;
}

function readTime(time: string | null | undefined): string | null {
	const at = Date.parse(time ?? '');
	return Number.isNaN(at) ? null : new Date(at).toISOString();
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
