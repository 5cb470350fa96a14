import type { InitialisedService, ServiceProposal } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatCount } from '../terminal/format-duration.ts';
import { makePrintable } from '../terminal/printable.ts';
import { type Cell, formatRow, formatTable } from '../terminal/rows.ts';
import { showBinding } from './outline.ts';
import { showPlace } from './place.ts';
import { renderProblems } from './problems.ts';

const SHOWN_BINDINGS = 12;

/** What was found, and everything that would be written. */
export function renderProposal(proposal: ServiceProposal, layout: Layout): readonly string[] {
	const { columns, style } = layout;
	const { bindings, uncertain } = proposal;
	const table = bindings
		.slice(0, SHOWN_BINDINGS)
		.map(({ line, binding }): readonly Cell[] => [
			{ text: showPlace(proposal.runbook, line), paint: style.dim },
			{ text: showBinding(binding) },
		]);
	const more =
		bindings.length > SHOWN_BINDINGS
			? [makePrintable(`  and ${bindings.length - SHOWN_BINDINGS} more: holdfast runbook bind ${proposal.runbook} shows all`)]
			: [];
	return [
		...formatTable(0, listFindings(proposal, layout), [12], columns),
		'',
		...formatRow(0, [{ text: proposal.config, paint: style.bold }], [], columns),
		...proposal.configText
			.trimEnd()
			.split('\n')
			.map((line) => `  ${makePrintable(line)}`),
		'',
		...formatRow(
			0,
			[{ text: `${formatCount(bindings.length, 'certain binding')} for ${proposal.runbook}`, paint: style.bold }],
			[],
			columns,
		),
		...formatTable(2, table, [36], columns),
		...more,
		...(uncertain.length === 0
			? []
			: formatRow(
					0,
					[
						{
							text: `${formatCount(uncertain.length, 'more proposal')} ${uncertain.length === 1 ? 'is' : 'are'} less certain and not written; a diagnosis uses the likely ones.`,
							paint: style.dim,
						},
					],
					[],
					columns,
				)),
	];
}

function listFindings(
	{ runbook, title, counts, probe, url, placeholderHosts }: ServiceProposal,
	{ style }: Layout,
): readonly (readonly Cell[])[] {
	const held = [
		formatCount(counts.issues, 'issue'),
		formatCount(counts.procedures, 'procedure'),
		formatCount(counts.checklists, 'checklist'),
		formatCount(counts.contacts, 'contact'),
	].join(', ');
	const label = (text: string): Cell => ({ text, paint: style.bold });
	return [
		[label('Runbook'), { text: `${title || runbook} (${runbook}): ${held}` }],
		[
			label('Application'),
			{
				text: probe.reachable ? `${url} answers. ${probe.reason}` : `${url} does not answer: ${probe.reason}`,
				paint: probe.reachable ? undefined : style.red,
			},
		],
		...(probe.framework === 'next' ? [[label('Framework'), { text: 'Next.js' }]] : []),
		[
			label('Health'),
			{
				text:
					probe.healthPath ??
					(probe.reachable ? 'none of the usual paths answers as a health endpoint' : 'not known while nothing answers'),
			},
		],
		...(probe.convexUrl === null ? [] : [[label('Convex'), { text: `${probe.convexUrl}, found in the application's scripts` }]]),
		...(placeholderHosts.length === 0
			? []
			: [
					[
						label('Hosts'),
						{
							text: `${placeholderHosts.join(', ')} in the runbook ${placeholderHosts.length === 1 ? 'is a placeholder' : 'are placeholders'}: ${url} is used instead`,
						},
					],
				]),
	];
}

export function renderWritten({ config, runbook, boundLines, problems }: InitialisedService, layout: Layout): readonly string[] {
	const bindings = `, and ${formatCount(boundLines, 'binding')} into ${runbook}. holdfast runbook unbind ${runbook} takes every binding out, also those written by hand; with --dry-run it shows how many`;
	const words = `Written: ${config}${boundLines > 0 ? bindings : ''}.`;
	return ['', ...formatRow(0, [{ text: words }], [], layout.columns), ...renderProblems(problems, layout)];
}

/** Nothing answers: a configuration for the wrong address would be believed for a long time. */
export function renderNotWritten({ url }: ServiceProposal, layout: Layout): readonly string[] {
	const words = `Nothing was written, because ${url} does not answer. Start the application and run this again, or add --write-anyway.`;
	return ['', ...formatRow(0, [{ text: words, paint: layout.style.yellow }], [], layout.columns)];
}
