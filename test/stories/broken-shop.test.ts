import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAuthority, type TestAuthority } from './world/authority.ts';
import { causesOf, checksOf, configure, diagnose, type ToldDiagnosis } from './world/diagnosis.ts';
import { holdfast } from './world/holdfast.ts';
import { findFreePort, startProxy } from './world/proxy.ts';
import { shopIsBuilt, shopRunbook, startShop } from './world/shop.ts';

describe.skipIf(!shopIsBuilt)('the example, broken from outside (skipped: examples/shop is not built, npm run build)', () => {
	let folder = '';
	let authority: TestAuthority;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'holdfast-story-'));
		authority = makeAuthority();
		await writeFile(join(folder, 'ca.pem'), authority.ca);
	});
	afterAll(async () => {
		await rm(folder, { recursive: true, force: true });
	});

	async function ask(url: string, symptom?: string): Promise<ToldDiagnosis> {
		await configure(folder, url, shopRunbook, ['ca: {file: ca.pem}', 'routes: [{path: /, text: Bight}]']);
		return await diagnose({ folder, ...(symptom === undefined ? {} : { symptom }) });
	}

	it('finds nothing wrong with the shop as it should be', async () => {
		await using shop = await startShop();
		const { report, code, words } = await ask(shop.url);
		expect(checksOf(report, 'ok').length).toBeGreaterThanOrEqual(10);
		expect(checksOf(report, 'fail')).toEqual([]);
		expect(report.diagnosis.roots).toEqual([]);
		expect(causesOf(report, 'confirmed')).toEqual([]);
		expect(report.diagnosis.issues.length).toBeGreaterThan(0);
		expect(report.diagnosis.issues.every((issue) => issue.state !== 'failing')).toBe(true);
		expect(report.diagnosis.issues.flatMap((issue) => issue.causes).every((cause) => cause.reason.length > 0)).toBe(true);
		expect(words).toContain('Nothing is wrong that the runbook knows of');
		expect(code).toBe(0);
	});

	it('names the wrong scheme behind "redirect loops"', async () => {
		const port = await findFreePort();
		await using shop = await startShop({ APP_URL: `https://localhost:${port}` });
		await using proxy = await startProxy({ target: shop.url, tls: authority, port, forwardedProto: 'http' });
		const { report, code, words } = await ask(proxy.origin, 'redirect loops');
		expect(report.diagnosis.roots.map((root) => root.code)).toEqual(['redirect.scheme-loop']);
		expect(report.diagnosis.roots[0]?.causes.map((cause) => cause.text).join()).toMatch(/disagree about http and https/);
		expect(report.diagnosis.roots[0]?.fix).toMatch(/X-Forwarded-Proto/i);
		expect(code).toBe(1);
		expect(words).toMatch(/X-Forwarded-Proto/i);
	});

	it('names the wrong scheme as the one root when every issue is asked about', async () => {
		const port = await findFreePort();
		await using shop = await startShop({ APP_URL: `https://localhost:${port}` });
		await using proxy = await startProxy({ target: shop.url, tls: authority, port, forwardedProto: 'http' });
		const { report } = await ask(proxy.origin);
		expect(report.diagnosis.roots.map((root) => root.code)).toEqual(['redirect.scheme-loop']);
	});

	it('names the emptied script behind "blank page"', async () => {
		await using shop = await startShop();
		const page = await (await fetch(shop.url)).text();
		const scripts = [...page.matchAll(/<script[^>]+src="([^"]+\.js[^"]*)"/g)].map((found) => found[1] ?? '');
		const main = scripts.at(-1) ?? '';
		expect(main).not.toBe('');
		await using proxy = await startProxy({
			target: shop.url,
			meddle: (request, response) => {
				if (request.url !== main) return false;
				response.writeHead(200, { 'content-type': 'application/javascript; charset=UTF-8', 'content-length': '0' }).end();
				return true;
			},
		});
		const { report, code } = await ask(proxy.origin, 'blank page');
		expect(report.diagnosis.roots).toHaveLength(1);
		expect(report.diagnosis.roots[0]?.code).toBe('build.empty-files');
		expect(report.diagnosis.roots[0]?.message).toContain(main.split('/').at(-1)?.split('?')[0]);
		expect(report.diagnosis.roots[0]?.causes.map((cause) => cause.text).join()).toMatch(/build/i);
		expect(code).toBe(1);
	});

	it('gives one root and no echoes where nothing listens', async () => {
		const { report, code, words } = await ask(`http://localhost:${await findFreePort()}`);
		expect(report.diagnosis.roots).toHaveLength(1);
		expect(report.diagnosis.roots[0]?.message).toMatch(/nothing listens/i);
		const failing = report.diagnosis.observations.filter((observation) => observation.state === 'fail');
		expect(failing.filter((observation) => observation.echoOf === null)).toHaveLength(1);
		expect(words.match(/^ +Cause /gm)).toHaveLength(1);
		expect(report.diagnosis.issues.flatMap((issue) => issue.causes).filter((cause) => cause.verdict === 'confirmed')).toEqual([]);
		expect(code).toBe(1);
	});

	it('never shows a secret that is in use', async () => {
		const secret = 'story-secret-0123456789-abcdefghij-XYZ';
		await using shop = await startShop({ SESSION_SECRET: secret, CSRF_SECRET: `${secret}-csrf` });
		const env = { SESSION_SECRET: secret, CSRF_SECRET: `${secret}-csrf` };
		await configure(folder, shop.url, shopRunbook, ['secrets: [SESSION_SECRET, CSRF_SECRET]', 'kit: {token: {env: SESSION_SECRET}}']);
		const { report, printed } = await diagnose({ folder, env });
		expect(checksOf(report, 'ok')).not.toEqual([]);
		expect(printed).not.toContain(secret);
	});

	it('never repeats a secret that stands in the configuration where its name is expected', async () => {
		const secret = 'story-secret-0123456789-abcdefghij-XYZ';
		for (const wrong of [
			`kit: {token: ${secret}}`,
			`kit: {token: {env: ${secret}}}`,
			`kit: {token: {value: ${secret}}}`,
			`kit: {tokne: ${secret}}`,
		]) {
			await configure(folder, 'http://localhost:3000', shopRunbook, [wrong]);
			for (const extra of [[], ['--json'], ['--debug']]) {
				const { code, stdout, stderr } = await holdfast(['diagnose', ...extra], { cwd: folder, env: { SESSION_SECRET: secret } });
				expect(code, wrong).toBe(2);
				expect(stdout + stderr, wrong).toMatch(/kit/);
				expect(stdout + stderr, wrong).not.toContain(secret);
			}
		}
	});
});
