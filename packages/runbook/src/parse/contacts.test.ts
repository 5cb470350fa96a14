import { describe, expect, it } from 'vitest';
import type { Runbook } from '../model.ts';
import { readRunbook } from '../read.ts';

function read(text: string): Runbook {
	const result = readRunbook(text);
	if (!result.ok) throw new Error('expected a readable document');
	return result.runbook;
}

const contacts = (text: string): readonly (readonly [string, readonly string[]])[] =>
	read(text).contacts.map((contact) => [contact.name, contact.channels.map((channel) => channel.kind)]);

describe('contacts', () => {
	it('K4: a numbered line that asks for something is a step with a link', () => {
		const text =
			'# Bakery\n\n## Escalation\n\n1. Look at the order history: https://bakery.example/orders\n2. Write to the shift channel\n';
		expect(contacts(text)).toEqual([]);
		expect(read(text).procedures[0]?.steps).toHaveLength(2);
	});

	it('K5: below a heading that says how to reach someone any words are a way', () => {
		expect(contacts('# Bakery\n\n## Contacts\n\n| Role | Contact |\n|---|---|\n| Baker | ticket at the counter |\n| Mill | - |\n')).toEqual(
			[['Baker', ['text']]],
		);
	});

	it('K6: a level of escalation with its way and its hours is one contact', () => {
		const text =
			'# Bakery\n\n## Escalation\n\n### Level 1: Baker on duty\n- **Response Time:** 5 minutes\n- **Contact:** PagerDuty\n- **Scope:** bread\n\n### Level 2: Owner\n- **Response Time:** an hour\n- **Contact:** phone only\n- **Scope:** all\n';
		expect(contacts(text)).toEqual([
			['Baker on duty', ['pager']],
			['Owner', ['text']],
		]);
	});

	it('a placeholder that wraps over the line is still the channel', () => {
		expect(
			contacts('# Bakery\n\n## On-call owner\n\n**Primary:** [FILL IN: name, number or\npager target]\n').map(([name]) => name),
		).toEqual(['Primary']);
	});
});
