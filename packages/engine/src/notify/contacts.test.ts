import { readRunbook } from '@holdfast/runbook/read';
import { expect, it } from 'vitest';
import { findContactAddress, listContacts, toContactFacts } from './contacts.ts';

const contactsOf = (text: string) => {
	const reading = readRunbook(text);
	if (!reading.ok) throw new Error('expected a runbook');
	return listContacts(reading.runbook);
};
const contacts = contactsOf(`# Bakery

## Contacts

### Internal team

- **Development**: dev@bakery.test

### Emergency contacts

- **On-call engineer**: oncall@bakery.test, +41 44 123 45 67
- **Manager**: [Contact Info]
`);

it('those for emergencies are shown, and a placeholder is nobody', () => {
	expect(toContactFacts(contacts)).toEqual([{ label: 'On-call engineer', value: 'oncall@bakery.test, +41 44 123 45 67' }]);
	expect(contacts.filter(({ ways }) => ways.length === 0).map(({ name, line }) => [name, line])).toEqual([['Manager', 12]]);
	expect(toContactFacts(contacts.filter(({ isFirst }) => !isFirst))).toEqual([{ label: 'Development', value: 'dev@bakery.test' }]);
	expect(toContactFacts(listContacts(null))).toEqual([]);
});

it('is found by its name, however it is written', () => {
	expect(findContactAddress(contacts, ' on-call Engineer ')).toBe('oncall@bakery.test');
	expect(findContactAddress(contacts, 'Manager')).toBeNull();
	expect(findContactAddress(contacts, 'Nobody')).toBeNull();
});
