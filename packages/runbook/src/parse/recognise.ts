import type { Block } from './blocks.ts';
import { isActionTitle, isImperative } from './imperative.ts';
import { answerRoles, fieldRoles, isField } from './issue-fields.ts';
import { readItemFields } from './item-fields.ts';
import { isLinkList } from './link-list.ts';
import { type Group, groupBlocks, type SectionNode } from './sections.ts';
import { isIssueTable } from './tables.ts';
import { type Role, strongFields } from './words.ts';

const counters = new Set(['step', 'phase', 'stage', 'part', 'day', 'procedure']);
/** Parts of a document, hardly ever steps of one procedure. */
const chapterRoles: ReadonlySet<Role> = new Set<Role>([
	'rollback',
	'contacts',
	'escalation',
	'references',
	'architecture',
	'severity',
	'commands',
	'urls',
	'meta',
	'toc',
	'issue-container',
	'emergency',
	'recurring',
]);
const issuePrefixes = new Set(['issue', 'problem', 'scenario', 'alert', 'alert name', 'error', 'symptom', 'incident', 'case']);

/** One word in camel case: the name of an alert. */
export function isAlertName(title: string): boolean {
	return (
		/^[A-Za-z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+$/.test(title) &&
		!/^(?:GitHub|GitLab|PagerDuty|OpsGenie|PostgreSQL|MySQL|MongoDB|JavaScript|TypeScript|NodeJs|CloudFlare|CloudFront|CloudWatch|DynamoDB|RabbitMQ|StatusPage|DevOps|FastAPI|OpenAI|LaunchDarkly)$/i.test(
			title,
		)
	);
}

/** Children that are steps of one procedure: "Step 1: …", "1. Do this" (rule P7). Empty when they are not. */
export function stepHeadings(section: SectionNode): readonly SectionNode[] {
	const counted = section.children.filter((child) => counters.has(child.title.counter) && child.title.prefix === '');
	if (counted.length >= 2) {
		const containers = counted.filter(
			(child) => child.children.some((inner) => inner.blocks.length > 0) && !child.children.every((inner) => inner.title.ordinal !== ''),
		);
		const inIssue = counted.some((child) => isIssue(child, 'none'));
		// Phases that hold several labelled lists each are chapters of a plan.
		const labelled = counted.filter(holdsLabelledLists);
		return containers.length * 2 > counted.length || labelled.length * 2 > counted.length || inIssue ? [] : counted;
	}
	const numbered = section.children.filter((child) => child.title.ordinal !== '' && child.title.counter === '');
	if (
		numbered.length < 2 ||
		numbered.some(
			(child) =>
				child.children.length > 0 &&
				child.children.some((inner) => inner.title.ordinal === '' && inner.blocks.some((block) => block.type === 'list')),
		)
	)
		return [];
	if (section.role === 'issue-container' || numbered.some((child) => isIssue(child, section.role))) return [];
	// Verbs can't be told from nouns there; numbers on leaves below a subsection are steps (rule M2).
	if (section.foreign && section.level >= 2 && numbered.every((child) => child.children.length === 0)) return numbered;
	if (section.level <= 1 && areChapters(section, numbered)) return [];
	const acting = numbered.filter(
		(child) =>
			isImperative(child.title.title) ||
			/\b(?:setup|creation|installation|verification|restart|restore|backup|deployment|cleanup|rollback|plan setup|validation|configuration)\b/i.test(
				child.title.title,
			),
	);
	return acting.length * 3 >= numbered.length * 2 ? numbered : [];
}

/** Numbered headings right below a document's title: chapters, unless the title names the one procedure they are steps of (rule P13). */
function areChapters(document: SectionNode, numbered: readonly SectionNode[]): boolean {
	const title = document.title.title.replace(/\b(?:runbook|playbook|guide|manual|handbook)\b/gi, ' ').trim();
	return !isActionTitle(title) || numbered.some((child) => chapterRoles.has(child.role));
}

function holdsLabelledLists(section: SectionNode): boolean {
	return groupBlocks(section.blocks).some(
		(group) => group.label !== null && !group.label.plain && group.blocks.some((block) => block.type === 'list' || block.type === 'fence'),
	);
}

/** Is this section an issue of its own (counting rule R1)? */
export function isIssue(section: SectionNode, container: Role): boolean {
	const { title, role } = section;
	if (section.heading === null || !hasContent(section)) return false;
	if (role === 'template' || role === 'toc' || role === 'references' || role === 'contacts') return false;
	const kids = section.children.filter((child) => child.title.counter === '');
	if (kids.filter((child) => isStandalone(child)).length >= 2) return false;
	if (issuePrefixes.has(title.prefix)) return true;
	if (hasItemFields(section)) return true;
	const fields = fieldRoles(section);
	const root = isRoot(section);
	if (root && generalPlan.test(title.title)) return false;
	const strong = [...strongFields].some(
		(field) => fields.labels.has(field) || (fields.headings.has(field) && (!root || fields.headings.size >= 2)),
	);
	if (fields.labels.size === 0 && namesProcess(section)) return false;
	if (strong && role !== 'group' && role !== 'issue-container') return !root || mostAreFields(section, fields.headings.size);
	// "P1: Oven on fire" with what to do at once and afterwards (rule I11).
	if (title.severity !== '' && !root && role !== 'severity' && fields.headings.size >= 2 && fields.answers.size >= 2) return true;
	if (fields.trigger && !isImperative(title.title) && fields.answers.size > 0 && !root) return true;
	if (fields.schema.size >= 2 && (!root || mostAreFields(section, fields.headings.size))) return true;
	if (isAlertName(title.title) && !root && (container === 'issue-container' || section.level >= 3)) return true;
	if (title.quoted && title.prefix === '' && title.title.split(' ').length >= 2 && !root) return true;
	return container === 'issue-container' && namesCondition(section) && !section.blocks.some(listsOthers);
}

/** An issue even without looking at its container. */
function isStandalone(section: SectionNode): boolean {
	if (section.heading === null || !hasContent(section)) return false;
	if (issuePrefixes.has(section.title.prefix) || isAlertName(section.title.title)) return true;
	if (hasItemFields(section)) return true;
	const fields = fieldRoles(section);
	if (fields.labels.size === 0 && namesProcess(section)) return false;
	return [...strongFields].some((field) => fields.labels.has(field) || fields.headings.has(field)) || fields.schema.size >= 2;
}

function isRoot(section: SectionNode): boolean {
	return section.level === 1 || section.parent?.heading === null || section.parent === null;
}

function mostAreFields(section: SectionNode, count: number): boolean {
	const fieldKids = section.children.filter(
		(child) =>
			isField(child.role) ||
			child.role === 'references' ||
			child.role === 'escalation' ||
			child.role === 'rollback' ||
			child.role === 'post-incident',
	);
	if (count >= 2 && section.children.length > 0) return fieldKids.length * 3 >= section.children.length * 2;
	return section.children.length === 0;
}

/** The name of a plan or of an area, which its phases fill ("Detect", "Contain"), not of a failure. */
const generalPlan =
	/\bincident (?:response|management|handling|process)\b|\bon-?call\b|\bdisaster recovery\b|\bbusiness continuity\b|\boperations?$|^(?:\w+ )?(?:runbook|playbook)$/i;

/** "Incident Response Procedures", "Recovery process": its fields are phases, it names no failure (rule I6). */
function namesProcess(section: SectionNode): boolean {
	return (
		section.title.prefix === '' &&
		/\b(?:procedures?|process(?:es)?|workflow|plan|lifecycle|phases|framework|protocol|handling)$/i.test(section.title.title) &&
		section.children.length > 0
	);
}

/** One list that opens its items with "Detect:", "Contain:", "Recover:" is an issue with its answer (rule I8). */
function hasItemFields(section: SectionNode): boolean {
	if (isRoot(section)) return false;
	return section.blocks.some((block) => {
		if (block.type !== 'list') return false;
		const roles = new Set(readItemFields(block).map((field) => field.role));
		return roles.has('symptom') && [...roles].some((role) => answerRoles.has(role));
	});
}

/** A table of alerts or a list of links: what it holds are the issues, not the section (rule I9). */
function listsOthers(block: Block): boolean {
	return block.type === 'table' ? isIssueTable(block) : block.type === 'list' && isLinkList(block);
}

/** In a container of issues: a title that names a condition, not a check, a task or a part of the document. */
function namesCondition(section: SectionNode): boolean {
	const { title, role } = section;
	const partRoles: readonly Role[] = [
		'escalation',
		'prevention',
		'verify',
		'contacts',
		'commands',
		'urls',
		'when',
		'prerequisites',
		'references',
		'toc',
		'meta',
		'template',
		'severity',
		'post-incident',
		'communication',
		'rollback',
		'monitoring',
		'recurring',
		'group',
		'architecture',
		'immediate',
		'diagnosis',
		'resolution',
	];
	if (partRoles.includes(role) || role === 'issue-container' || title.counter !== '') return false;
	if (
		/\b(?:tests?|checks?|transactions|commands?|checklist|tools?|logs?|steps|procedures?|guide|tips|rules?|polic(?:y|ies)|conventions|cadence|templates?|matrix|roles|owners?|channels?|levels?|requirements?|setup|variables)$/i.test(
			title.title,
		)
	)
		return false;
	if (
		/^(?:how (?:to|do|can)|what (?:to|should))\b|\b(?:need|getting|get|more|further) (?:more )?(?:help|support|assistance)\b/i.test(
			title.title,
		)
	)
		return false;
	return (
		!isImperative(title.title) ||
		/\b(?:fail(?:s|ed|ing|ures?)?|errors?|down|not|slow|high|low|timeouts?|stuck|degraded|critical|unavailable|unreachable|exhausted|full|lost|broken|stale|missing|expired|unhealthy|crash(?:es|ed|ing)?|spikes?|backlog|leaks?|unable|cannot|can't|won't|exceeded|loops?|oom|lag|backed up)\b/i.test(
			title.title,
		)
	);
}

function hasContent(section: SectionNode): boolean {
	return section.blocks.some(isSolid) || section.children.some(hasContent);
}

function isSolid(block: Block): boolean {
	return block.type !== 'rule' && block.type !== 'html';
}

/** The groups of a section, for whoever walks it. */
export function groupsOf(section: SectionNode): readonly Group[] {
	const groups = groupBlocks(section.blocks);
	return groups.length <= 2 ? dropIntroLabel(groups) : groups;
}

/** A condition, or a sentence that asks: no name of a part. */
function isIntroduction(text: string): boolean {
	return /^if\b/i.test(text) || (text.split(' ').length >= 4 && isImperative(text));
}

/** A sentence "If the new one is worse:" that introduces the only list of a section is no label of its own (rule H3). */
function dropIntroLabel(groups: readonly Group[]): readonly Group[] {
	const only = groups.at(-1);
	const before = groups.length === 2 ? (groups[0] ?? null) : null;
	if (only === undefined || only.label === null || !only.label.plain || !isIntroduction(only.label.text)) return groups;
	if (before !== null && (before.label !== null || before.blocks.some((block) => block.type !== 'paragraph'))) return groups;
	return [{ label: null, blocks: [...(before?.blocks ?? []), only.label.block, ...only.blocks], line: before?.line ?? only.line }];
}
