/**
 * A message in Slack's Block Kit. Limits: 50 blocks a message, 3,000 characters a text, 10 fields a section of 2,000 each, 10
 * elements a context (https://docs.slack.dev/reference/block-kit/blocks, …/composition-objects/text-object). Links are text and no
 * buttons: a button asks the app for an answer, which an incoming webhook has nobody to give (slackapi/node-slack-sdk#869).
 */
import { fitEscaped } from '../templates/clean-line.ts';
import { formatInstant } from '../templates/format-time.ts';
import type { PreparedMessage } from '../templates/prepare-message.ts';

interface Markdown {
	readonly type: 'mrkdwn';
	readonly text: string;
	/** Slack turns no name or address of the text into a link or a mention by itself. */
	readonly verbatim: true;
}
export type SlackBlock =
	| { readonly type: 'section'; readonly text: Markdown }
	| { readonly type: 'section'; readonly fields: readonly Markdown[] }
	| { readonly type: 'context'; readonly elements: readonly Markdown[] };

export interface SlackMessage {
	/** What notifications and screen readers say. */
	readonly text: string;
	readonly blocks: readonly SlackBlock[];
	readonly unfurl_links: false;
	readonly unfurl_media: false;
}

const maxText = 3000;
const maxField = 2000;
/** Two of them stand in one text. */
const maxLink = 1400;
const fieldsPerSection = 10;

export function composeSlackMessage(message: PreparedMessage): SlackMessage {
	const links = message.links.map(toLink).filter((link) => link.length <= maxLink);
	const [main, further] = [links.slice(0, 2), links.slice(2)];
	return {
		text: escapeSlack(message.short),
		blocks: [
			section(`*${fitEscaped(message.headline, 1000, escapeSlack)}*`, message.summary === '' ? [] : [message.summary]),
			...message.diagnosis.map(({ label, lines }) => section(`*${label}*`, lines)),
			...chunk(message.facts, fieldsPerSection).map((facts): SlackBlock => ({ type: 'section', fields: facts.map(toField) })),
			...(main.length === 0 ? [] : [{ type: 'section', text: markdown(main.join('  ·  ')) } as const]),
			{ type: 'context', elements: [markdown(toContext(message)), ...further.map(markdown)] },
		],
		unfurl_links: false,
		unfurl_media: false,
	};
}

/** The three characters that Slack reads as control characters (https://docs.slack.dev/messaging/formatting-message-text). */
export function escapeSlack(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** A head that is markup already, and lines below it that are not. */
function section(head: string, lines: readonly string[]): SlackBlock {
	const body = fitEscaped(lines.join('\n'), maxText - head.length - 1, escapeSlack);
	return { type: 'section', text: markdown(body === '' ? head : `${head}\n${body}`) };
}

function toField({ label, value }: { readonly label: string; readonly value: string }): Markdown {
	const head = `*${fitEscaped(label, 400, escapeSlack)}*\n`;
	return markdown(`${head}${fitEscaped(value, maxField - head.length, escapeSlack)}`);
}

/** `|` would end the address. */
function toLink({ label, url }: { readonly label: string; readonly url: string }): string {
	return `<${escapeSlack(url.replaceAll('|', '%7C'))}|${escapeSlack(label.replaceAll('|', '/'))}>`;
}

/** The time as each reader's clock shows it; in UTC where that cannot be. */
function toContext({ status, service, since, at }: PreparedMessage): string {
	const time = `<!date^${Math.floor(since / 1000)}^{date_short_pretty} {time}|${formatInstant(since, at) ?? ''}>`;
	return [escapeSlack(status), ...(service === '' ? [] : [escapeSlack(service)]), time].join(' · ');
}

function markdown(text: string): Markdown {
	return { type: 'mrkdwn', text, verbatim: true };
}

function chunk<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
	return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
