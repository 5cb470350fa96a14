import type { Group, SectionNode } from './sections.ts';
import type { Role } from './words.ts';

const generic =
	/^(?:(?:(?:resolution|immediate|initial|response|detailed|required|recommended|rollback|execution|main|key|standard|manual|full|basic)[ -])?(?:steps|procedures?|process|actions?|instructions|checklist|sequence|workflow)|how to(?: \w+){1,3}|immediate(?:ly)?(?: .*)?|execution|runbook|response)$/i;

/** "Immediate Actions" under "Data Loss" is the procedure "Data Loss": a generic name takes its parent's (rule P8). */
export function nameProcedure(group: Group, section: SectionNode, role: Role): string {
	const label = group.label?.text ?? null;
	if (label !== null) return generic.test(label) && section.heading !== null ? section.title.title : label;
	const parent = section.parent;
	if (
		generic.test(section.title.title) &&
		parent !== null &&
		parent.heading !== null &&
		parent.level >= 1 &&
		(role === 'rollback' || parent.role !== 'group')
	)
		return parent.title.title;
	return section.title.title;
}
