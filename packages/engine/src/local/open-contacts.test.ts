import { expect, it } from 'vitest';
import { loadConfig } from '../config/load-config.ts';
import { createTestContext } from '../fixtures/test-context.ts';
import { addressIn, judgeContactRoutes, openContacts } from './open-contacts.ts';

const RUNBOOK =
	'# B\n\n## Contacts\n\n### Emergency contacts\n\n- **On-call engineer**: oncall@bakery.test\n- **Manager**: [Contact Info]\n';
const CONFIG = `version: 1
services:
  bakery: {url: "https://bakery.example", runbook: RUNBOOK.md}
  mill: {url: "https://mill.example"}
`;
const MAIL = 'channels: {mail: {kind: email, smtp: {host: smtp.bakery.test}, from: a@bakery.test, to: [b@bakery.test]}}\n';

async function judge(more: string) {
	const ctx = createTestContext({ files: { 'RUNBOOK.md': RUNBOOK, 'holdfast.yaml': CONFIG + more } });
	const loaded = await loadConfig(ctx, undefined);
	if (loaded === null) throw new Error('expected a configuration');
	const contacts = await openContacts(ctx, loaded);
	return { contacts, problems: judgeContactRoutes(loaded, contacts).map(({ message, hint }) => `${message} · ${hint}`) };
}

it('a route to a contact with an address is right, for every service', async () => {
	const { contacts, problems } = await judge(`${MAIL}notify: [{to: [mail, "contact:On-call engineer"]}]\n`);
	expect(problems).toEqual([]);
	expect(contacts).toMatchObject([{ service: 'bakery', runbook: 'RUNBOOK.md' }]);
	expect(addressIn(contacts, 'mill', 'On-call engineer')).toBe('oncall@bakery.test');
});

it.each([
	[`${MAIL}notify: [{to: ["contact:On-call enginer"]}]\n`, 'contact On-call enginer · Did you mean contact:On-call engineer?'],
	[`${MAIL}notify: [{to: ["contact:Manager"]}]\n`, 'no runbook has an e-mail address for the contact Manager'],
	['notify: [{to: ["contact:On-call engineer"]}]\n', 'needs a channel of kind email'],
])('is refused before anything starts: %s', async (more, words) => {
	expect((await judge(more)).problems).toEqual([expect.stringContaining(words)]);
});

it('a route to a channel that there is not is refused with the nearest name', async () => {
	await expect(judge(`${MAIL}notify: [{to: [mial]}]\n`)).rejects.toMatchObject({
		code: 'invalid',
		problems: [{ message: expect.stringContaining('there is no channel'), hint: 'Did you mean mail?' }],
	});
});
