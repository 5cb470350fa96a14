/** A post-mortem as far as the record knows it, in Markdown. Pure. What only people know is left open and marked. */
import type { IncidentRecord } from './read.ts';
import type { IncidentDiagnosis } from './read-diagnosis.ts';

export interface PostMortemExtras {
	readonly diagnosis: IncidentDiagnosis | null;
	readonly roles: readonly { readonly role: string; readonly name: string }[];
}

export function draftPostMortem(incident: IncidentRecord, { diagnosis, roles }: PostMortemExtras = { diagnosis: null, roles: [] }): string {
	const { title, service, severity, openedAt, resolvedAt } = incident;
	return [
		`# ${oneLine(title)}`,
		'',
		`- **Service**: ${service}`,
		`- **Severity**: ${severity}`,
		`- **Began**: ${openedAt}`,
		`- **Ended**: ${resolvedAt ?? 'not yet'}`,
		`- **Duration**: ${resolvedAt === null ? 'open' : formatSpan(Date.parse(resolvedAt) - Date.parse(openedAt))}`,
		`- **Acknowledged**: ${incident.acknowledgedAt === null ? 'by nobody' : `${incident.acknowledgedBy} after ${formatSpan(Date.parse(incident.acknowledgedAt) - Date.parse(openedAt))}`}`,
		...roles.map(({ role, name }) => `- **${oneLine(role)}**: ${oneLine(name)}`),
		'',
		'## Summary',
		'',
		'_To be written: what people noticed, for how long, how many._',
		'',
		'## What failed',
		'',
		...(incident.members.length === 0 ? ['No monitor: a person opened it.'] : incident.members.flatMap(describeMember)),
		'',
		'## Timeline',
		'',
		'| Time (UTC) | Who | What |',
		'| --- | --- | --- |',
		...incident.entries.map(
			({ at, actor, kind, text }) => `| ${at.slice(0, 19).replace('T', ' ')} | ${cell(actor)} | ${kind}: ${cell(text)} |`,
		),
		'',
		'## Cause',
		'',
		`First seen as \`${oneLine(incident.cause)}\`.`,
		...(diagnosis === null ? [] : describeCauses(diagnosis)),
		'',
		'_To be written: why it could happen._',
		'',
		'## What went well, what did not',
		'',
		'_To be written._',
		'',
		'## What changes',
		'',
		'- [ ] _To be written: what, who, until when._',
		'',
	].join('\n');
}

function describeCauses({ at, causes }: IncidentDiagnosis): readonly string[] {
	const when = at === null ? '' : ` (${at})`;
	if (causes.length === 0) return ['', `The diagnosis${when} confirmed no cause.`];
	return [
		'',
		`The diagnosis${when} found:`,
		'',
		...causes.flatMap(({ message, named, proof, fix }) => [
			`- ${named === null ? '' : `${oneLine(named.text)} (line ${named.line} of the runbook): `}${oneLine(message)}`,
			...proof.map((line) => `  - proof: ${oneLine(line)}`),
			...(fix === null ? [] : [`  - way out: ${oneLine(fix)}`]),
		]),
	];
}

function describeMember({ title, key, state, reason, lines }: IncidentRecord['members'][number]): readonly string[] {
	const where = lines.map(({ line }) => line).join(', ');
	return [
		`- ${oneLine(title)} (\`${oneLine(key)}\`): now ${state}${reason === null ? '' : `, ${oneLine(reason)}`}`,
		...(where === '' ? [] : [`  - asked by the runbook, ${lines.length === 1 ? 'line' : 'lines'} ${where}`]),
	];
}

function formatSpan(ms: number): string {
	const minutes = Math.max(0, Math.round(ms / 60_000));
	if (minutes < 1) return `${Math.max(0, Math.round(ms / 1000))} s`;
	const hours = Math.floor(minutes / 60);
	return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}

/** Texts come from applications: none of them ends a heading, a cell or a code span. */
function oneLine(text: string): string {
	return text.replace(/\s+/g, ' ').replaceAll('`', "'").trim();
}

function cell(text: string): string {
	return oneLine(text).replaceAll('|', '\\|');
}
