import type { Draft } from './draft.ts';
import type { Group } from './sections.ts';

/** "X is a point of contact" in prose, with a link. */
export function readPointOfContact(draft: Draft, group: Group, address: string): void {
	for (const block of group.blocks) {
		if (block.type !== 'paragraph') continue;
		const text = block.content.map((line) => line.text).join(' ');
		const link = block.content.flatMap((line) => line.links)[0];
		if (!/\bpoints? of contact\b/i.test(text) || link === undefined) continue;
		const own = draft.addresses.give(address, link.label);
		draft.claim(block.line, block.endLine, 'contact', own);
		draft.contacts.push({
			address: own,
			line: block.line,
			endLine: block.endLine,
			name: link.label,
			scope: 'internal',
			channels: [{ kind: 'url', value: link.url, placeholder: false }],
			bindings: draft.bindingsAt(block.line, block.endLine),
		});
	}
}
