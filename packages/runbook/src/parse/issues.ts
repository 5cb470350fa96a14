import { readInlineCode } from '../command.ts';
import type { Command, Issue, Line, Procedure, ProcedureRole } from '../model.ts';
import { append } from './append.ts';
import type { Block } from './blocks.ts';
import { readChecklists } from './checklists.ts';
import type { Draft } from './draft.ts';
import { readItemFields } from './item-fields.ts';
import { readLines } from './lines.ts';
import { readProcedures } from './procedures.ts';
import { groupsOf, isAlertName, stepHeadings } from './recognise.ts';
import type { Group, Label, SectionNode } from './sections.ts';
import { readStepHeadings, takenChildren } from './step-headings.ts';
import { descriptiveRoles, type Role } from './words.ts';

interface IssueParts {
	meaning: Line[];
	impact: Line[];
	symptoms: Line[];
	causes: Line[];
	verify: Line[];
	prevention: Line[];
	prerequisites: Line[];
	procedures: Procedure[];
	alert: Record<string, string>;
	severity: string | null;
}

const procedureRoles: Partial<Record<Role, ProcedureRole>> = {
	diagnosis: 'diagnose',
	resolution: 'resolve',
	immediate: 'immediate',
	emergency: 'emergency',
	rollback: 'rollback',
	deploy: 'deploy',
	restore: 'restore',
	maintenance: 'maintenance',
	verify: 'verify',
	escalation: 'escalate',
	communication: 'communicate',
};

/** The role of a procedure from the role of its title. */
export function procedureRoleOf(role: Role, fallback: ProcedureRole): ProcedureRole {
	return procedureRoles[role] ?? fallback;
}

/** Reads a section as one issue: its fields, its procedures, everything below it. */
export function readIssue(draft: Draft, section: SectionNode, source: Issue['source']): Issue {
	const parts: IssueParts = {
		meaning: [],
		impact: [],
		symptoms: [],
		causes: [],
		verify: [],
		prevention: [],
		prerequisites: [],
		procedures: [],
		alert: {},
		severity: section.title.severity || null,
	};
	readPart(draft, section, section.role, section, parts);
	const alert = readAlert(section, parts);
	const issue: Issue = {
		address: section.address,
		line: section.line,
		endLine: section.endLine,
		title: section.title.title,
		severity: parts.severity,
		alert,
		meaning: parts.meaning,
		impact: parts.impact,
		symptoms: parts.symptoms,
		causes: parts.causes,
		steps: parts.procedures.flatMap((procedure) => procedure.steps),
		procedures: parts.procedures.map((procedure) => procedure.address),
		verify: parts.verify,
		prevention: parts.prevention,
		source,
	};
	draft.issues.push(issue);
	return issue;
}

function readAlert(section: SectionNode, parts: IssueParts): Record<string, string> | null {
	if (section.title.prefix.startsWith('alert') || isAlertName(section.title.title)) return { name: section.title.title, ...parts.alert };
	return Object.keys(parts.alert).length > 0 ? parts.alert : null;
}

function readPart(draft: Draft, section: SectionNode, inherited: Role, issue: SectionNode, parts: IssueParts): void {
	for (const group of groupsOf(section)) {
		const role =
			group.label === null
				? section === issue
					? 'none'
					: inherited
				: group.label.role === 'none'
					? section === issue
						? 'none'
						: inherited
					: group.label.role;
		readGroup(draft, group, role, section, issue, parts);
	}
	const steps = inherited === 'cause' || inherited === 'symptom' ? [] : stepHeadings(section);
	if (steps.length > 0)
		parts.procedures.push(
			readStepHeadings(draft, section, steps, { role: procedureRoleOf(section.role, 'resolve'), issue: issue.address }),
		);
	const taken = takenChildren(section, steps);
	for (const child of section.children) {
		if (taken.includes(child)) continue;
		const role = child.role === 'none' || child.role === 'architecture' ? inherited : child.role;
		if (inherited === 'cause' && child.role === 'none' && section !== issue)
			parts.causes.push({
				address: child.address,
				line: child.line,
				endLine: child.endLine,
				text: child.title.title,
				bindings: draft.bindingsAt(child.line, child.line),
			});
		readPart(draft, child, section === issue && child.role === 'none' ? 'none' : role, issue, parts);
	}
}

function readGroup(draft: Draft, group: Group, role: Role, section: SectionNode, issue: SectionNode, parts: IssueParts): void {
	const { label, blocks } = group;
	const address = label === null ? section.address : draft.addresses.give(section.address, label.text);
	if (label !== null && label.value === null) draft.claim(label.line, label.line, 'label', address);
	const line = label?.line ?? section.line;
	const title = label?.text ?? section.title.title;
	const taken = readChecklists(draft, blocks, {
		title,
		line,
		address,
		titles: [section.title.title],
		monitoring: role === 'monitoring',
		recurring: role === 'recurring',
	});
	const rest = blocks.filter((block) => !taken.includes(block));
	if (label !== null && label.value !== null && descriptiveRoles.has(role)) {
		// `**Symptom:** the queue grows` is complete on its line; commands below it answer the issue (rule I10).
		const from = rest.findIndex((block) => block.type === 'fence' && draft.reading(block).runnable);
		if (from >= 0) {
			readGroup(draft, { ...group, blocks: rest.slice(0, from) }, role, section, issue, parts);
			readGroup(draft, { label: null, blocks: rest.slice(from), line: rest[from]?.line ?? line }, 'none', section, issue, parts);
			return;
		}
	}
	switch (role) {
		case 'symptom':
			append(parts.symptoms, readLines(draft, rest, 'symptom', address, label));
			return;
		case 'cause':
			append(parts.causes, readLines(draft, rest, 'cause', address, label));
			return;
		case 'meaning':
			append(parts.meaning, readLines(draft, rest, 'line', address, label));
			return;
		case 'impact':
			append(parts.impact, readLines(draft, rest, 'line', address, label));
			if (label !== null && /severity|priority/i.test(label.text) && label.value !== null) parts.severity = label.value.rest;
			return;
		case 'severity':
			if (label?.value !== null && label?.value !== undefined) parts.severity = label.value.rest;
			append(parts.impact, readLines(draft, rest, 'line', address, label));
			return;
		case 'prevention':
			append(parts.prevention, readLines(draft, rest, 'line', address, label));
			return;
		case 'prerequisites':
		case 'when':
			append(parts.prerequisites, readLines(draft, rest, 'line', address, label));
			return;
		case 'references':
		case 'meta':
			if (label?.value !== null && label?.value !== undefined) {
				parts.alert[label.text.toLowerCase()] = label.value.rest;
				draft.claim(label.line, label.line, 'meta', address);
			}
			return;
		default: {
			if (label?.value !== null && label?.value !== undefined) {
				// `**Fix**: restart the worker`: one line is the whole procedure.
				append(parts.procedures, readValueProcedure(draft, label, role, address, issue));
			}
			const procedures = readProcedures(draft, rest, {
				title,
				line,
				endLine: section.endLine,
				address,
				role,
				procedureRole: procedureRoleOf(role, 'resolve'),
				counter: section.title.counter,
				level: section.level,
				foreign: section.foreign,
				prose: role === 'rollback' && section.children.length === 0,
				issue: issue.address,
				when: [],
				prerequisites: [],
			});
			append(parts.procedures, procedures);
			append(parts.symptoms, readItemSymptoms(draft, rest, address));
			if (procedures.length === 0 && role === 'verify') append(parts.verify, readLines(draft, rest, 'line', address, null));
			else if (procedures.length === 0 && label === null && section === issue) {
				parts.meaning.push(
					...readLines(
						draft,
						rest.filter((block) => block.type === 'paragraph'),
						'line',
						address,
					),
				);
			}
		}
	}
}

/** The symptoms among items that name their field: the item stays the step it is (rule I8). */
function readItemSymptoms(draft: Draft, blocks: readonly Block[], parent: string): readonly Line[] {
	return blocks.flatMap((block) =>
		block.type !== 'list'
			? []
			: readItemFields(block)
					.filter((field) => field.role === 'symptom' && field.value !== '')
					.map((field) => ({
						address: draft.addresses.give(parent, field.value),
						line: field.line.line,
						endLine: field.line.line,
						text: field.value,
						bindings: [],
					})),
	);
}

function readValueProcedure(draft: Draft, label: Label, role: Role, address: string, issue: SectionNode): readonly Procedure[] {
	const value = label.value;
	if (value === null || procedureRoles[role] === undefined) {
		draft.claim(label.line, label.line, 'line', address);
		return [];
	}
	draft.claim(label.line, label.line, 'step', address);
	const commands = value.codes.flatMap((code) => readCommand(code, value.line));
	const procedure: Procedure = {
		address,
		line: label.line,
		endLine: label.line,
		title: label.text,
		role: procedureRoleOf(role, 'resolve'),
		form: 'prose',
		issue: issue.address,
		when: [],
		prerequisites: [],
		branches: false,
		steps: [
			{
				address: draft.addresses.give(address, value.rest),
				line: label.line,
				endLine: label.line,
				text: value.rest,
				lead: null,
				condition: null,
				form: 'prose',
				marker: null,
				substeps: [],
				commands,
				expects: [],
				links: value.links,
				envs: [],
				paths: [],
				warns: [],
				changes: 'none',
				bindings: draft.bindingsAt(label.line, label.line),
			},
		],
	};
	return [procedure];
}

function readCommand(code: string, line: number): readonly Command[] {
	const command = readInlineCode(code, line);
	return command === null ? [] : [command];
}
