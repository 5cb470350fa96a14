import type { ChannelKind, Issue, Line, Procedure, Runbook, Step } from '../model.ts';
import { type DocumentFacts, readDocumentFacts } from './document-facts.ts';
import { collectNames, isConditional, isProhibition, type Subject, type SubjectKind } from './subject.ts';

/** Channels by which a message reaches somebody. */
const reaches: ReadonlySet<ChannelKind> = new Set<ChannelKind>(['email', 'phone', 'slack', 'pager']);

/** Every line that the rules look at, each address once, in the order of the document. */
export function listSubjects(runbook: Runbook): readonly Subject[] {
	const document = readDocumentFacts(runbook);
	const found = new Map<string, Subject>();
	const add = (subject: Subject): void => {
		if (!found.has(subject.address)) found.set(subject.address, subject);
	};
	const procedures = new Map(runbook.procedures.map((procedure) => [procedure.address, procedure]));
	for (const issue of runbook.issues) for (const subject of ofIssue(issue, procedures, document)) add(subject);
	for (const procedure of runbook.procedures) for (const subject of ofProcedure(procedure, null, document)) add(subject);
	for (const list of runbook.checklists) {
		const around = { title: list.title, period: list.kind === 'recurring' ? list.period : null, monitoring: list.kind === 'monitoring' };
		for (const item of list.items)
			add({ ...plain('item', item, document), ...around, threshold: item.threshold ?? null, ...namesIn(item.text) });
	}
	for (const contact of runbook.contacts) {
		const channels = contact.channels.filter(({ kind, placeholder }) => !placeholder && reaches.has(kind));
		add({
			...plain('contact', { ...contact, text: contact.name }, document),
			links: channels.map(({ kind, value }) => ({ label: kind, url: value })),
		});
	}
	for (const ref of runbook.commands) {
		add({ ...plain('command', { ...ref, text: ref.label }, document), commands: [ref.command], envs: ref.command.variables });
	}
	for (const url of runbook.urls)
		add({ ...plain('url', { ...url, text: url.label }, document), links: [{ label: url.label, url: url.url }] });
	return [...found.values()].toSorted((a, b) => a.line - b.line);
}

function ofIssue(issue: Issue, procedures: ReadonlyMap<string, Procedure>, document: DocumentFacts): readonly Subject[] {
	const { envs, paths } = collectNames(issue.steps);
	const around = { title: issue.title, issue, nearEnvs: envs, nearPaths: paths, row: issue.source === 'table_row' };
	const lines = [
		...issue.symptoms.map((line) => ({ kind: 'symptom' as const, line })),
		...issue.causes.map((line) => ({ kind: 'cause' as const, line })),
	];
	const steps = issue.procedures.flatMap((address) => {
		const procedure = procedures.get(address);
		return procedure === undefined ? [] : ofProcedure(procedure, issue, document);
	});
	const rest = issue.steps.flatMap((step) =>
		ofStep(step, { issue, procedure: null, document, outer: [], title: issue.title, names: { envs, paths } }),
	);
	return [...lines.map(({ kind, line }) => ({ ...plain(kind, line, document), ...around, ...namesIn(line.text) })), ...steps, ...rest];
}

function ofProcedure(procedure: Procedure, issue: Issue | null, document: DocumentFacts): readonly Subject[] {
	const names = collectNames(issue?.steps ?? procedure.steps);
	const criteria = procedure.when.map((line) => ({ ...plain('criterion', line, document), title: procedure.title, procedure, issue }));
	return [
		...criteria,
		...procedure.steps.flatMap((step) => ofStep(step, { issue, procedure, document, outer: [], title: procedure.title, names })),
	];
}

interface StepContext {
	readonly issue: Issue | null;
	readonly procedure: Procedure | null;
	readonly document: DocumentFacts;
	readonly outer: readonly Step[];
	readonly title: string;
	readonly names: { readonly envs: readonly string[]; readonly paths: readonly string[] };
}

function ofStep(step: Step, context: StepContext): readonly Subject[] {
	const { outer, issue } = context;
	const below = context.outer.length === 0 ? collectNames([step]) : null;
	// The innermost step that names something is the section of its lines; the whole issue is, where the step names nothing.
	const names = {
		envs: below === null || below.envs.length === 0 ? context.names.envs : below.envs,
		paths: below === null || below.paths.length === 0 ? context.names.paths : below.paths,
	};
	const own: Subject = {
		...plain('step', step, context.document),
		outer: outer.map((parent) => trimColon(parent.text)),
		title: context.title,
		issue,
		procedure: context.procedure,
		leaf: step.substeps.length === 0,
		commands: step.commands,
		expects: step.expects,
		links: step.links,
		envs: step.envs,
		paths: step.paths,
		nearEnvs: names.envs,
		nearPaths: names.paths,
		conditional: [step, ...outer].some((part) => part.condition !== null || isConditional(part.text)),
		forbids: isProhibition(step.text),
		row: issue?.source === 'table_row',
	};
	// Comments inside a fence can carry nothing.
	const writable = step.form === 'comment' ? [] : [own];
	return [...writable, ...step.substeps.flatMap((inner) => ofStep(inner, { ...context, outer: [step, ...outer], names }))];
}

function plain(kind: SubjectKind, node: Pick<Line, 'address' | 'line' | 'text'>, document: DocumentFacts): Subject {
	return {
		kind,
		address: node.address,
		line: node.line,
		text: trimColon(node.text),
		outer: [],
		title: '',
		issue: null,
		procedure: null,
		period: null,
		monitoring: false,
		leaf: true,
		commands: [],
		expects: [],
		threshold: null,
		links: [],
		envs: [],
		paths: [],
		nearEnvs: [],
		nearPaths: [],
		conditional: kind !== 'symptom' && kind !== 'cause' && isConditional(node.text),
		forbids: kind !== 'symptom' && kind !== 'cause' && isProhibition(node.text),
		row: false,
		document,
	};
}

function namesIn(text: string): { readonly envs: readonly string[]; readonly paths: readonly string[] } {
	return {
		envs: text.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? [],
		paths: [...text.matchAll(/(?:^|\s|`)(\/(?:api|health)[\w./-]*)/g)].map((found) => found[1] ?? ''),
	};
}

function trimColon(text: string): string {
	return text.replace(/\s*[:：]\s*$/, '').trim();
}
