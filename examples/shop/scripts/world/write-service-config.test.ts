import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { placeServiceConfig } from './write-service-config.mjs';

it("names this world's addresses and files, and nothing of the default ones", async () => {
	const text = await readFile(path.resolve(import.meta.dirname, '../../holdfast.yaml'), 'utf8');
	const placed: string = placeServiceConfig(
		text,
		{ shop: 'http://localhost:4000', convex: 'http://127.0.0.1:4210', site: 'http://127.0.0.1:4211', ingestPort: 4801 },
		{ shop: '../shop' },
	);
	expect(placed).toContain('url: http://localhost:4000');
	expect(placed).toContain('url: http://127.0.0.1:4210');
	expect(placed).toContain('siteUrl: http://127.0.0.1:4211');
	expect(placed).toContain('runbook: "../shop/RUNBOOK.md"');
	expect(placed).toContain('checkout: "../shop"');
	expect(placed).toContain('{ file: holdfast-token }');
	expect(placed).toContain('ingest: { port: 4801 }');
	expect(placed).not.toMatch(/3000|321|4001|\.data|ca:/);
});

it('trusts the authority of a world that is served over TLS', () => {
	const urls = { shop: 'https://localhost:4000', convex: 'https://localhost:4210', site: 'http://127.0.0.1:4211' };
	const text = 'services:\n  shop:\n    url: http://localhost:3000\n    private: true\n    checkout: .\n';
	expect(placeServiceConfig(text, urls, { shop: '../shop', ca: '/world/ca.pem' })).toContain(
		'url: https://localhost:4000\n    private: true\n    ca: { file: "/world/ca.pem" }\n',
	);
});
