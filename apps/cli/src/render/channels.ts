import type { ChannelStatus, ChannelTest } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatAge, formatCount, formatDuration } from '../terminal/format-duration.ts';
import { makePrintable } from '../terminal/printable.ts';
import { formatTable } from '../terminal/rows.ts';

export interface ChannelsReport {
	readonly channels: readonly ChannelStatus[];
	readonly unreachableContacts: readonly { readonly name: string; readonly runbook: string; readonly line: number }[];
	readonly unknown: string | null;
	/** Milliseconds since the epoch. */
	readonly at: number;
}

export function renderChannels({ channels, unreachableContacts, unknown, at }: ChannelsReport, layout: Layout): readonly string[] {
	const { style, columns } = layout;
	if (channels.length === 0) return [style.yellow('No channels: nobody is told of anything. Add one under channels: of holdfast.yaml.')];
	const rows = channels.map((channel) => {
		const { state, words } = describeState(channel, at);
		return [
			{ text: channel.name },
			{ text: state, paint: state === 'failing' ? style.red : state === 'ok' ? style.green : style.yellow },
			{ text: makePrintable(`${channel.title}: ${channel.receiver} · ${[words, ...channel.notes].join(' · ')}`) },
		];
	});
	return [
		...formatTable(0, rows, [20, 8], columns),
		...(unknown === null ? [] : ['', style.yellow(makePrintable(`Deliveries are not known: ${unknown}.`))]),
		...(unreachableContacts.length === 0
			? []
			: [
					'',
					style.yellow(`${formatCount(unreachableContacts.length, 'contact')} nobody can be reached by:`),
					...unreachableContacts.map(({ name, runbook, line }) => makePrintable(`  ${runbook}:${line}  ${name}`)),
				]),
	];
}

function describeState({ problem, record }: ChannelStatus, at: number): { readonly state: string; readonly words: string } {
	if (problem !== null) return { state: 'failing', words: problem };
	if (record === null) return { state: 'unknown', words: 'deliveries are not known' };
	const { last, waiting, failing } = record;
	const queue = waiting === 0 ? '' : `, ${waiting} waiting`;
	if (failing !== null)
		return { state: 'failing', words: `takes nothing since ${formatAge(at - Date.parse(failing.since))}: ${failing.reason}${queue}` };
	if (last === null) return { state: 'unused', words: `nothing was sent yet${queue}; holdfast channels test tries it` };
	const age = formatAge(at - Date.parse(last.at));
	if (last.state === 'sent') return { state: 'ok', words: `last sent ${age} ago${queue}` };
	return { state: 'waiting', words: `last try of a message of ${age} ago: ${last.answer ?? last.state}${queue}` };
}

export function renderChannelTests(tests: readonly ChannelTest[], { style, columns }: Layout): readonly string[] {
	const rows = tests.map(({ channel, outcome, reason, durationMs }) => [
		{ text: channel },
		{ text: outcome === 'not-taken' ? 'not taken' : outcome, paint: outcome === 'delivered' ? style.green : style.red },
		{ text: makePrintable(`${reason} · ${formatDuration(durationMs)}`) },
	]);
	return formatTable(0, rows, [20, 9], columns);
}
