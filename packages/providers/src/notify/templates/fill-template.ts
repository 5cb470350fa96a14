/** What a template may name. */
export const placeholders = [
	'title',
	'service',
	'severity',
	'state',
	'since',
	'lasted',
	'number',
	'summary',
	'cause',
	'fix',
	'url',
] as const;
export type Placeholder = (typeof placeholders)[number];

/** Text with known placeholders and no other braces, as a pattern that a JSON schema can hold. */
export const templatePattern = new RegExp(`^(?:[^{}]|\\{(?:${placeholders.join('|')})\\})*$`);

/** Values are put in as they are, once: a value that looks like a placeholder stays what it is. Braces with other names stay too. */
export function fillTemplate(template: string, values: Readonly<Record<Placeholder, string>>): string {
	return template.replace(/\{(\w+)\}/g, (whole, name: string) => (isPlaceholder(name) ? values[name] : whole));
}

function isPlaceholder(name: string): name is Placeholder {
	return (placeholders as readonly string[]).includes(name);
}
