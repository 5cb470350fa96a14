import { groupBlocks, type SectionNode } from './sections.ts';
import type { Role } from './words.ts';

/** The fields that a section shows by its labels and its subsections. */
export interface Fields {
	readonly labels: ReadonlySet<Role>;
	readonly headings: ReadonlySet<Role>;
	/** Of meaning, impact, diagnosis and resolution, in their noun forms: two make an issue. */
	readonly schema: ReadonlySet<Role>;
	/** "Trigger", "Condition": of an alert, or of a planned procedure; says nothing alone (rule I7). */
	readonly trigger: boolean;
	/** Fields that only a failure has beside its trigger. */
	readonly answers: ReadonlySet<Role>;
}

const triggerWords = /^(?:alert )?(?:triggers?|conditions?|alert)$/i;
export const answerRoles: ReadonlySet<Role> = new Set<Role>([
	'cause',
	'impact',
	'severity',
	'diagnosis',
	'resolution',
	'immediate',
	'meaning',
]);

const nounForms =
	/^(?:meaning|impact|diagnosis|diagnostics?|troubleshooting|mitigations?|resolutions?|solutions?|fix(?:es)?|remediation|investigation steps|(?:resolution|mitigation|remediation|diagnostic|troubleshooting) (?:steps?|procedures?|actions?|commands?)|workarounds?|(?:user|customer|business) impact|how to (?:fix|resolve|diagnose|mitigate).*|immediate actions?|root cause)$/i;

/** Reads which fields of an issue a section has. */
export function fieldRoles(section: SectionNode): Fields {
	const labels = new Set<Role>();
	const headings = new Set<Role>();
	const schema = new Set<Role>();
	let trigger = false;
	for (const group of groupBlocks(section.blocks)) {
		if (group.label === null) continue;
		if (triggerWords.test(group.label.text)) trigger = true;
		else labels.add(group.label.role);
		if (nounForms.test(group.label.text)) schema.add(schemaRole(group.label.role));
	}
	for (const child of section.children) {
		if (child.title.counter !== '') continue;
		if (triggerWords.test(child.title.title)) trigger = true;
		else if (isField(child.role)) headings.add(child.role);
		if (nounForms.test(child.title.title)) schema.add(schemaRole(child.role));
	}
	schema.delete('none');
	if (schema.has('impact') && schema.size === 2 && schema.has('meaning')) schema.clear();
	const answers = new Set([...labels, ...headings].filter((role) => answerRoles.has(role)));
	return { labels, headings, schema, trigger, answers };
}

function schemaRole(role: Role): Role {
	return role === 'meaning' || role === 'impact' || role === 'diagnosis' || role === 'resolution'
		? role
		: role === 'immediate'
			? 'resolution'
			: 'none';
}

/** Is this the role of a field of an issue? */
export function isField(role: Role): boolean {
	return [
		'symptom',
		'cause',
		'meaning',
		'impact',
		'diagnosis',
		'resolution',
		'immediate',
		'prevention',
		'verify',
		'severity',
		'when',
		'prerequisites',
		'monitoring',
	].includes(role);
}
