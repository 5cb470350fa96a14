/** The bundle for people: the same facts as Markdown, in the order of a runbook's "Gather information". Pure. */
import type { Observation } from '@holdfast/checks/contract';
import type { EvidenceEntry } from './chain.ts';
import { nameKey } from './chain.ts';
import type { Gathered } from './list-items.ts';

const logLines = 40;

/** @param head hash of the last entry. */
export function renderMarkdown(gathered: Gathered, entries: readonly EvidenceEntry[]): string {
	const { report, person, log, variables, publicKey } = gathered;
	const { diagnosis } = report;
	const seen = (ids: readonly string[]) => diagnosis.observations.filter(({ check }) => ids.includes(check));
	const parts = [
		`# Evidence: ${report.service.name}`,
		`Gathered ${diagnosis.startedAt} in ${(diagnosis.durationMs / 1000).toFixed(1)} s, ${entries.length} entries, head \`${entries.at(-1)?.hash.slice(0, 16) ?? ''}…\`, key \`${nameKey(publicKey)}\`. Check the bundle beside this file with \`holdfast verify\`; this file itself is not signed.`,
		'## What was reported',
		list([
			`What is seen: ${person.symptom ?? 'not said'}`,
			`When: ${person.when ?? 'not said'}`,
			`What users did before: ${person.actions ?? 'not said'}`,
		]),
		'## What is wrong',
		diagnosis.roots.length === 0
			? 'Nothing was found to be wrong.'
			: list(
					diagnosis.roots.map(
						({ message, fix, causes }) =>
							`${message}${causes.length === 0 ? '' : ` (${causes.map(({ text }) => text).join('; ')})`}${fix === null ? '' : ` → ${fix}`}`,
					),
				),
		'## Environment',
		list([`URL: ${report.service.url}`, ...describeVariables(variables)]),
		tell(diagnosis.observations.filter(({ check }) => check.startsWith('env.'))),
		'## Recent changes',
		diagnosis.changes === undefined || diagnosis.changes.length === 0
			? 'None was seen before the failure, as far as the history goes.'
			: list(diagnosis.changes.map(({ name, at }) => `${name} changed, first seen ${at}`)),
		'## Application log',
		log.tail === null ? (log.reason ?? 'No log is configured.') : fence(log.tail.lines.slice(-logLines).map(({ text }) => text)),
		'## Logs and error reports',
		tell(seen(['logs.errors', 'sentry.errors', 'sentry.performance', 'convex.logs'])),
		'## Browser',
		tell(seen(['browser.console'])),
		'## Every check',
		tell(diagnosis.observations),
	];
	return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function describeVariables(variables: Gathered['variables']): readonly string[] {
	return variables === null ? [] : variables.map(({ name, length }) => `\`${name}\`: set, ${length} characters`);
}

function tell(observations: readonly Observation[]): string {
	return observations.length === 0
		? 'Not asked.'
		: list(
				observations.map(
					({ key, state, reason, evidence }) =>
						`**${state}** \`${oneLine(key)}\` ${reason}${evidence.map(({ title }) => ` · ${title}`).join('')}`,
				),
			);
}

function list(lines: readonly string[]): string {
	return lines.map((line) => `- ${oneLine(line)}`).join('\n');
}

/** Text from outside stays on its line and opens no HTML. */
function oneLine(text: string): string {
	return text.replace(/\s+/g, ' ').replaceAll('<', '&lt;').trim();
}

/** A fence longer than any in the text. */
function fence(lines: readonly string[]): string {
	const text = lines.join('\n');
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
	const ticks = '`'.repeat(longest + 1);
	return `${ticks}\n${text}\n${ticks}`;
}
