/** What each page of an acknowledgement link says. Pure. */
import type { FoundLink } from './links.ts';
import type { PageText } from './render-page.ts';

const SEVERITY: Readonly<Record<string, string>> = { critical: 'Critical', major: 'Major', minor: 'Minor', info: 'For information' };

function describeIncident({ incident }: FoundLink): NonNullable<PageText['facts']> {
	return [
		{ label: 'Incident', value: String(incident.id) },
		{ label: 'Service', value: incident.service },
		{ label: 'Severity', value: SEVERITY[incident.severity] ?? incident.severity },
		{ label: 'Since', value: `${new Date(incident.openedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC` },
	];
}

export function askPage(link: FoundLink): PageText {
	return {
		title: link.incident.title,
		paragraphs: ['Do you take care of it? Others are told that somebody does.'],
		facts: describeIncident(link),
		button: 'Acknowledge',
		tone: 'ask',
	};
}

export function acknowledgedPage(link: FoundLink): PageText {
	return {
		title: 'Acknowledged',
		paragraphs: [`${link.incident.title}. The others are told that somebody takes care of it.`],
		facts: describeIncident(link),
		tone: 'done',
	};
}

/** It needs nobody any more: somebody was faster, or it is over. */
export function overPage(link: FoundLink): PageText {
	const { state, acknowledgedBy } = link.incident;
	const by = state === 'acknowledged' && acknowledgedBy !== null ? ` by ${acknowledgedBy}` : '';
	return {
		title: `This incident is ${state} already`,
		paragraphs: [`It was ${state}${by}. Nothing was changed.`],
		facts: describeIncident(link),
		tone: 'stop',
	};
}

const OPEN_IT = 'holdfast status shows what is open.';

export const usedPage: PageText = {
	title: 'This link has been used',
	paragraphs: [`Each link acknowledges once. ${OPEN_IT}`],
	tone: 'stop',
};
export const expiredPage: PageText = {
	title: 'This link has expired',
	paragraphs: [`Links of notifications hold for a day. ${OPEN_IT}`],
	tone: 'stop',
};
export const unknownPage: PageText = {
	title: 'There is no such link',
	paragraphs: [`It may have been cut on its way: open it from the message again. ${OPEN_IT}`],
	tone: 'stop',
};
export const busyPage: PageText = {
	title: 'Too many links that do not exist',
	paragraphs: ['From where you are many unknown links were tried. Wait a minute and open yours again.'],
	tone: 'stop',
};
export const brokenPage: PageText = {
	title: 'Holdfast could not look this up',
	paragraphs: ['Its database gives no answer. Nothing was changed: try again in a minute.'],
	tone: 'stop',
};
