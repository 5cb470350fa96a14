import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { placeServiceConfig } from './write-service-config.mjs';

it("names this world's addresses and files, and nothing of the default ones", async () => {
	const text = await readFile(path.resolve(import.meta.dirname, '../../holdfast.yaml'), 'utf8');
	const placed: string = placeServiceConfig(
		text,
		{ shop: 'http://localhost:4000', convex: 'http://127.0.0.1:4210', site: 'http://127.0.0.1:4211' },
		'../shop',
	);
	expect(placed).toContain('url: http://localhost:4000');
	expect(placed).toContain('url: http://127.0.0.1:4210');
	expect(placed).toContain('siteUrl: http://127.0.0.1:4211');
	expect(placed).toContain('runbook: "../shop/RUNBOOK.md"');
	expect(placed).toContain('checkout: "../shop"');
	expect(placed).toContain('{ file: holdfast-token }');
	expect(placed).not.toMatch(/3000|321|\.data/);
});
