/**
 * A message as one embed. Limits: title 256, description 4,096, 25 fields of 256 and 1,024, footer 2,048, 6,000 characters
 * together, content 2,000 (https://discord.com/developers/docs/resources/message#embed-object-embed-limits). `allowed_mentions`
 * with an empty `parse` lets nothing in the text call anybody.
 */
import type { Severity } from '../message.ts';
import { fitEscaped } from '../templates/clean-line.ts';
import type { PreparedMessage } from '../templates/prepare-message.ts';
import { escapeDiscord } from './escape-markdown.ts';

export interface DiscordField {
	readonly name: string;
	readonly value: string;
	readonly inline: boolean;
}

export interface DiscordMessage {
	readonly content: string;
	readonly embeds: readonly {
		readonly title: string;
		readonly url?: string;
		readonly description: string;
		readonly color: number;
		readonly fields: readonly DiscordField[];
		readonly footer: { readonly text: string };
		readonly timestamp: string;
	}[];
	readonly allowed_mentions: { readonly parse: readonly [] };
}

const limit = { title: 256, description: 3000, name: 256, value: 1024, fields: 25, together: 6000 };
const colours: Readonly<Record<Severity, number>> = { critical: 0xc62828, major: 0xe07b00, minor: 0x1565c0, info: 0x5f6368 };
const resolvedColour = 0x2e7d32;

export function composeDiscordMessage(message: PreparedMessage): DiscordMessage {
	const title = fitEscaped(message.headline, limit.title, escapeDiscord);
	const paragraph = fitEscaped(message.summary, limit.description, escapeDiscord);
	// The links come before all that may be left out.
	const links = message.links.map(toLink).join('  ·  ');
	const description = [paragraph, links.length + paragraph.length < limit.together - 2000 ? links : '']
		.filter((text) => text !== '')
		.join('\n\n');
	const footer = [message.status, message.service].filter((text) => text !== '').join(' · ');
	const room = limit.together - title.length - description.length - footer.length;
	return {
		content: fitEscaped(message.short, 400, escapeDiscord),
		embeds: [
			{
				title,
				...(message.incident === null || message.incident.url === null ? {} : { url: message.incident.url }),
				description,
				color: message.kind === 'resolved' ? resolvedColour : colours[message.severity],
				fields: keepWithin([...message.diagnosis.map(toLongField), ...message.facts.map(toField)], room),
				footer: { text: footer },
				timestamp: new Date(message.since).toISOString(),
			},
		],
		allowed_mentions: { parse: [] },
	};
}

function toLongField({ label, lines }: { readonly label: string; readonly lines: readonly string[] }): DiscordField {
	return { name: label, value: fitEscaped(lines.join('\n'), limit.value, escapeDiscord), inline: false };
}

function toField({ label, value }: { readonly label: string; readonly value: string }): DiscordField {
	return {
		name: fitEscaped(label, limit.name, escapeDiscord),
		value: fitEscaped(value, limit.value, escapeDiscord),
		inline: value.length <= 40,
	};
}

/** A bracket would end the address. */
function toLink({ label, url }: { readonly label: string; readonly url: string }): string {
	return `[${escapeDiscord(label)}](${url.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

/** Those from the front that fit: the diagnosis stands before the facts. */
function keepWithin(fields: readonly DiscordField[], room: number): readonly DiscordField[] {
	const kept: DiscordField[] = [];
	let left = room;
	for (const field of fields) {
		left -= field.name.length + field.value.length;
		if (left < 0 || kept.length === limit.fields) break;
		kept.push(field);
	}
	return kept;
}
