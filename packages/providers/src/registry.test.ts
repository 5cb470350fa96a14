import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createVendorPorts } from './registry.ts';

it('has a port for every provider folder', () => {
	const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && entry.name !== 'http')
		.map((entry) => entry.name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()));
	expect(Object.keys(createVendorPorts()).toSorted(), 'add the missing line to registry.ts').toEqual(folders.toSorted());
});

it('each provider says what it needs and what is unproved', () => {
	for (const folder of ['convex', 'status-page'])
		expect(readdirSync(new URL(`./${folder}`, import.meta.url))).toEqual(
			expect.arrayContaining(['README.md', 'client.ts', 'translate.ts', 'fixtures', 'index.ts']),
		);
});
