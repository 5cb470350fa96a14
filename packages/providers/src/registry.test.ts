import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createVendorPorts } from './registry.ts';

const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
	// What all ask through, and the channels of notifications, which have a registry of their own.
	.filter((entry) => entry.isDirectory() && !['http', 'notify', 'fixtures'].includes(entry.name))
	.map((entry) => entry.name);

it('has a port for every provider folder', () => {
	const names = folders.map((name) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()));
	expect(Object.keys(createVendorPorts()).toSorted(), 'add the missing line to registry.ts').toEqual(names.toSorted());
});

it('each provider says what it needs and what is unproved; those that ask a vendor keep its shapes apart', () => {
	for (const folder of folders)
		expect(readdirSync(new URL(`./${folder}`, import.meta.url))).toEqual(expect.arrayContaining(['README.md', 'index.ts']));
	for (const folder of ['convex', 'sentry', 'status-page'])
		expect(readdirSync(new URL(`./${folder}`, import.meta.url))).toEqual(expect.arrayContaining(['client.ts', 'translate.ts', 'fixtures']));
});
