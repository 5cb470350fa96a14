import type { ErrorRecord } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatCount } from '../terminal/format-duration.ts';
import { makePrintable } from '../terminal/printable.ts';
import { formatEnds } from '../terminal/rows.ts';
import { ago } from './errors.ts';
import { type Labelled, renderLabelled } from './labelled.ts';

type Event = NonNullable<ErrorRecord['event']>;
type Cause = Event['causes'][number];

const MOST_FRAMES = 30;
const MOST_BREADCRUMBS = 15;

export function renderError(record: ErrorRecord, now: number, layout: Layout): readonly string[] {
	const { group, event } = record;
	const sections: readonly Labelled[] = [
		{
			label: 'Seen',
			rows: [
				[
					{
						text: `${formatCount(group.count, 'time')}${group.users === 0 ? '' : ` by ${formatCount(group.users, 'user')}`}, last ${ago(group.lastAt, now)} (${group.lastAt}), first ${ago(group.firstAt, now)}`,
					},
				],
				[
					{
						text: `${drawSparkline(record.perDay)}  ${record.perDay.at(-1) ?? 0} today, ${formatCount(record.perDay.length, 'day')} shown`,
					},
				],
			],
		},
		{
			label: 'In',
			rows: record.releases.map(({ release, count }) => [{ text: release ?? 'no release named' }, { text: formatCount(count, 'event') }]),
		},
		...(event === null ? [] : describeEvent(event)),
		{
			label: 'Then',
			rows: record.changes.map(({ at, to, actor, reason }) => [
				{ text: at.slice(0, 19).replace('T', ' ') },
				{ text: to },
				{ text: `${reason} · ${actor}` },
			]),
		},
	];
	return [
		...formatEnds(
			{ text: `${group.service} · error ${group.id}` },
			{ text: `${group.state}${group.regressions > 0 ? `, came back ${formatCount(group.regressions, 'time')}` : ''}` },
			layout.columns,
		),
		'',
		layout.style.bold(makePrintable(group.title)),
		...(group.culprit === null ? [] : [makePrintable(group.culprit)]),
		'',
		...renderLabelled(
			sections.filter(({ rows }) => rows.length > 0),
			layout,
		),
		...(event === null ? ['', 'No event of it is kept whole any more: only how often it was seen.'] : renderStacks(event, layout)),
		...(event === null ? [] : renderBreadcrumbs(event, layout)),
	];
}

function describeEvent({ release, environment, transaction, request, tags, traceId }: Event): readonly Labelled[] {
	const asked = request === null ? null : [request.method, request.url].filter((part) => part !== null).join(' ');
	const facts: readonly (readonly [string, string | null])[] = [
		['release', release],
		['environment', environment],
		['transaction', transaction],
		['request', asked],
		['trace', traceId],
		...Object.entries(tags).slice(0, 10),
	];
	return [
		{
			label: 'Last',
			rows: facts.flatMap(([name, value]) => (value === null || value === '' ? [] : [[{ text: name }, { text: value }]])),
		},
	];
}

/** What was caught first, then what caused it; innermost call first, the application's own marked. */
function renderStacks({ causes }: Event, layout: Layout): readonly string[] {
	return causes.toReversed().flatMap((cause, index) => renderStack(cause, index > 0, layout));
}

function renderStack({ type, message, frames }: Cause, isCause: boolean, { style }: Layout): readonly string[] {
	const head = `${isCause ? 'caused by ' : ''}${type ?? 'Error'}${message === null ? '' : `: ${message}`}`;
	const shown = frames.toReversed().slice(0, MOST_FRAMES);
	const left = frames.length - shown.length;
	return [
		'',
		style.bold(makePrintable(head)),
		...shown.flatMap((frame) => {
			const place = `${frame.file ?? frame.module ?? 'unknown'}${frame.line === null ? '' : `:${frame.line}`}${frame.column === null ? '' : `:${frame.column}`}`;
			const own = frame.inApp === true;
			const line = `  ${own ? '>' : ' '} ${frame.function ?? '(anonymous)'}  ${place}`;
			const source = own && frame.source !== null ? [`      ${frame.source.trim()}`] : [];
			return [own ? makePrintable(line) : style.dim(makePrintable(line)), ...source.map(makePrintable)];
		}),
		...(left > 0 ? [`    ${formatCount(left, 'outer call')} more`] : []),
	];
}

function renderBreadcrumbs({ breadcrumbs }: Event, { style }: Layout): readonly string[] {
	if (breadcrumbs.length === 0) return [];
	const shown = breadcrumbs.slice(-MOST_BREADCRUMBS).map(({ at, category, level, message }) => {
		const when = at === null ? '' : new Date(at).toISOString().slice(11, 19);
		return makePrintable(
			`  ${when.padEnd(8)}  ${(category ?? '').padEnd(14)}  ${level === null || level === 'info' ? '' : `${level}: `}${message ?? ''}`.trimEnd(),
		);
	});
	return ['', style.bold('Before it'), ...shown];
}

const BARS = '▁▂▃▄▅▆▇█';

/** One bar for each number, the highest full; nothing is a dot. */
export function drawSparkline(counts: readonly number[]): string {
	const most = Math.max(1, ...counts);
	return counts
		.map((count) => (count === 0 ? '·' : (BARS[Math.min(BARS.length - 1, Math.ceil((count / most) * BARS.length) - 1)] ?? '')))
		.join('');
}
