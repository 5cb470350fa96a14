import { describe, expect, it } from 'vitest';
import { createTestContext } from '../fixtures/test-context.ts';
import { OperationError } from '../operation-error.ts';
import { resolveService, type ServiceSelection } from './resolve-service.ts';

const config = `version: 1
services:
  bakery-production:
    url: https://bakery.example/
    runbook: docs/RUNBOOK.md
    bindings: docs/bindings.yaml
    allowHosts: [cdn.bakery.example]
    convex: {url: https://quiet-otter-1.convex.cloud}
    routes: [{path: /, text: Bread}]
  bakery-local:
    url: http://localhost:3000
    private: true
`;

async function refusal(selection: ServiceSelection, files: Record<string, string> = { 'holdfast.yaml': config }): Promise<string> {
	const error: unknown = await resolveService(createTestContext({ files }), selection).catch((thrown: unknown) => thrown);
	if (!(error instanceof OperationError)) throw new Error(`expected a refusal, got ${String(error)}`);
	return `${error.code}: ${error.message} | ${error.hint}`;
}

describe('resolveService', () => {
	it('reads a service of the configuration found upwards, with paths from there', async () => {
		const ctx = { ...createTestContext({ files: { 'holdfast.yaml': config } }), directory: '/work/deep/down' };
		const resolved = await resolveService(ctx, { service: 'bakery-production' });
		expect(resolved).toEqual({
			target: {
				name: 'bakery-production',
				url: 'https://bakery.example',
				private: false,
				allowHosts: ['cdn.bakery.example'],
				routes: [{ path: '/', text: 'Bread' }],
				vendors: ['convex'],
				convexUrl: 'https://quiet-otter-1.convex.cloud',
				convexUrlSource: '../../holdfast.yaml: services.bakery-production.convex.url',
			},
			runbookPath: '/work/docs/RUNBOOK.md',
			sidecarPath: '/work/docs/bindings.yaml',
			configPath: '/work/holdfast.yaml',
			homeDirectory: '/work',
			historyName: 'bakery-production',
		});
	});

	it('needs no configuration for a URL, and takes a loopback URL as private', async () => {
		const ctx = createTestContext();
		expect((await resolveService(ctx, { url: 'http://localhost:3000' })).target).toMatchObject({ name: 'localhost:3000', private: true });
		expect((await resolveService(ctx, { url: 'bakery.example' })).target).toMatchObject({ url: 'https://bakery.example', private: false });
		expect((await resolveService(ctx, { url: 'http://10.0.0.7', private: true })).target.private).toBe(true);
	});

	it('takes a URL in the place of that of the service named, and keeps the rest', async () => {
		const ctx = createTestContext({ files: { 'holdfast.yaml': config } });
		const { target, runbookPath, historyName } = await resolveService(ctx, { service: 'bakery-production', url: 'http://localhost:3777' });
		expect(historyName).toBe('bakery-production localhost:3777');
		expect(target).toMatchObject({ name: 'bakery-production', url: 'http://localhost:3777', private: true, routes: [{ path: '/' }] });
		expect(runbookPath).toBe('/work/docs/RUNBOOK.md');
	});

	it('hands on where a CSRF token may be tried', async () => {
		const text = 'version: 1\nservices: {a: {url: "https://a.example", csrf: {probe: /api/try}}}\n';
		const { target } = await resolveService(createTestContext({ files: { 'holdfast.yaml': text } }), {});
		expect(target.csrfProbe).toBe('/api/try');
	});

	it('refuses a path that no system takes', async () => {
		const text = 'version: 1\nservices: {a: {url: "https://a.example", ca: {file: "a\\0b"}}}\n';
		expect(await refusal({}, { 'holdfast.yaml': text })).toMatch(/^invalid: expected the path of certificates/);
	});

	it('does not take a loopback URL of a configuration as private by itself', async () => {
		const ctx = createTestContext({ files: { 'holdfast.yaml': 'version: 1\nservices: {a: {url: "http://localhost:3000"}}\n' } });
		expect((await resolveService(ctx, {})).target.private).toBe(false);
	});

	it('says what to name', async () => {
		expect(await refusal({}, {})).toBe(
			'not_found: no service: there is no holdfast.yaml here or above, and no URL was given | holdfast diagnose --url http://localhost:3000 --runbook RUNBOOK.md, or once: holdfast init RUNBOOK.md URL',
		);
		expect(await refusal({})).toBe(
			'invalid: holdfast.yaml has 2 services: expected one to be named | Add --service bakery-production; there are bakery-production, bakery-local.',
		);
		expect(await refusal({ service: 'bakery-prodution' })).toBe(
			'not_found: bakery-prodution: no such service in holdfast.yaml | Did you mean bakery-production?',
		);
		expect(await refusal({ service: 'constructor' })).toMatch(/^not_found: constructor: no such service/);
		expect(await refusal({ config: 'other.yaml' })).toMatch(/^not_found: other.yaml: no such file/);
	});

	it.each([
		['ftp://bakery.example', 'invalid: "ftp://bakery.example": expected http or https, got ftp'],
		['https://', 'invalid: "https://": expected a URL, for example https://shop.example'],
		['https://ada:hunter2@bakery.example', 'invalid: the URL holds a user name or a password: neither is shown or used'],
		['bob:hunter2@ho st', 'invalid: the URL holds'],
		['http://bob:hun/ter2@host', 'invalid: the URL holds'],
		['http://bob:80/hunter2@host', 'invalid: the URL holds'],
		['ftp://bob:hunter2@host', 'invalid: the URL holds'],
		['https://bakery.example/#hunter2', 'invalid: "https://bakery.example/#…"'],
		['https://bakery.example/?a=1', 'invalid: "https://bakery.example/?…": expected a URL without ? and #'],
	])('refuses the URL %s', async (url, words) => {
		const said = await refusal({ url });
		expect(said).toContain(words);
		expect(said).not.toContain('hunter2');
	});

	it('says that a certificate file holds no certificate', async () => {
		const files = { 'holdfast.yaml': 'version: 1\nservices: {a: {url: https://a.example, ca: {file: ca.pem}}}\n', 'ca.pem': 'hello' };
		expect(await refusal({}, files)).toMatch(/^invalid: ca.pem: expected certificates in PEM form, found none/);
	});
});
