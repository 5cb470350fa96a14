import { expect, it } from 'vitest';
import { fillTemplate, placeholders, templatePattern } from './fill-template.ts';

const values = Object.fromEntries(placeholders.map((name) => [name, `<${name}>`])) as Parameters<typeof fillTemplate>[1];

it('every placeholder is filled', () => {
	expect(fillTemplate(placeholders.map((name) => `{${name}}`).join(' '), values)).toBe(placeholders.map((name) => `<${name}>`).join(' '));
});

it('other braces stay, and what a value holds is not filled again', () => {
	expect(fillTemplate('{toString} {} {TITLE} {title}', { ...values, title: '{service}' })).toBe('{toString} {} {TITLE} {service}');
});

it.each([
	['{title} on {service}', true],
	['no placeholder', true],
	['{titel}', false],
	['{title', false],
	['}', false],
	['{constructor}', false],
])('%s is a template: %s', (text, valid) => expect(templatePattern.test(text)).toBe(valid));
