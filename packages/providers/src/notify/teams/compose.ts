/**
 * A message as one Adaptive Card, in the envelope that the workflow «When a Teams webhook request is received» reads
 * (https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using). Free text stands in
 * text runs, which know no markup (https://adaptivecards.io/explorer/TextRun.html), so that nothing has to be escaped.
 */
import type { NotificationMessage } from '../message.ts';
import { type PreparedMessage, prepareMessage } from '../templates/prepare-message.ts';

interface Run {
	readonly type: 'TextRun';
	readonly text: string;
	readonly weight?: 'Bolder';
	readonly size?: 'Large';
	readonly color?: Colour;
	readonly isSubtle?: true;
}
interface Block {
	readonly type: 'RichTextBlock';
	readonly spacing?: 'None';
	readonly inlines: readonly Run[];
}
type Colour = 'Attention' | 'Warning' | 'Accent' | 'Good' | 'Default';

export interface TeamsMessage {
	readonly type: 'message';
	readonly attachments: readonly {
		readonly contentType: 'application/vnd.microsoft.card.adaptive';
		readonly contentUrl: null;
		readonly content: {
			readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
			readonly type: 'AdaptiveCard';
			readonly version: '1.4';
			readonly fallbackText: string;
			readonly msteams: { readonly width: 'Full' };
			readonly body: readonly Block[];
			readonly actions: readonly { readonly type: 'Action.OpenUrl'; readonly title: string; readonly url: string }[];
		};
	}[];
}

/**
 * Teams takes about 28 KB a message, everything counted (https://learn.microsoft.com/en-us/connectors/teams/#known-issues-and-limitations-with-actions);
 * others measured 21 KB, so we stay below that.
 */
export const maxTeamsBytes = 20_000;
/** Teams shows six at most (https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-reference). */
const maxActions = 6;

/** @returns the longest form of the message that Teams takes, as JSON. */
export function composeTeamsMessage(message: NotificationMessage): string {
	let json = '';
	for (const scale of [1, 0.6, 0.3, 0.15]) {
		json = JSON.stringify(composeCard(prepareMessage(message, scale)));
		if (Buffer.byteLength(json) <= maxTeamsBytes) break;
	}
	return json;
}

export function composeCard(message: PreparedMessage): TeamsMessage {
	const paragraphs = [
		[run(message.status, { isSubtle: true })],
		[run(message.headline, { weight: 'Bolder', size: 'Large', color: colourOf(message) })],
		...(message.summary === '' ? [] : [[run(message.summary)]]),
	];
	const details = [
		...message.diagnosis.flatMap(({ label, lines }) => lines.map((line, index) => (index === 0 ? labelled(label, line) : [run(line)]))),
		...message.facts.map(({ label, value }) => labelled(label, value)),
	];
	return {
		type: 'message',
		attachments: [
			{
				contentType: 'application/vnd.microsoft.card.adaptive',
				contentUrl: null,
				content: {
					$schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
					type: 'AdaptiveCard',
					version: '1.4',
					fallbackText: message.short,
					msteams: { width: 'Full' },
					body: [
						...paragraphs.map((inlines): Block => ({ type: 'RichTextBlock', inlines })),
						...details.map((inlines, index): Block => ({ type: 'RichTextBlock', ...(index === 0 ? {} : { spacing: 'None' }), inlines })),
					],
					actions: message.links.slice(0, maxActions).map(({ label, url }) => ({ type: 'Action.OpenUrl', title: label, url })),
				},
			},
		],
	};
}

function labelled(label: string, text: string): readonly Run[] {
	return [run(`${label}  `, { weight: 'Bolder' }), run(text)];
}

function run(text: string, style: Omit<Run, 'type' | 'text'> = {}): Run {
	return { type: 'TextRun', text, ...style };
}

function colourOf({ kind, severity }: PreparedMessage): Colour {
	if (kind === 'resolved') return 'Good';
	const colours = { critical: 'Attention', major: 'Warning', minor: 'Accent', info: 'Default' } as const;
	return colours[severity];
}
