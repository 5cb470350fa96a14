import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestIo } from './fixtures/test-io.ts';
import { run } from './main.ts';

const secrets = {
	HOLDFAST_TOKEN: 'kit-token-Zq81xTpM4wL0vB7cD2',
	CONVEX_DEPLOY_KEY: 'prod:calm-otter-1|c0nvexS3cretZq81xTpM4w',
	SENTRY_TOKEN: 'sntrys_Zq81xTpM4wL0vB7cD2sentry',
	PROBE_PASSWORD: 'probe-Zq81<xTpM4w"L0  vB7cD2',
};

/** An application that says back whatever it is sent, headers and body, in every answer and in its log. */
const echo = createServer((request, response) => {
	const parts: Buffer[] = [];
	request.on('data', (part) => parts.push(part));
	request.on('end', () => {
		const said = JSON.stringify({ headers: request.headers, body: Buffer.concat(parts).toString(), url: request.url });
		response.writeHead(500, { 'content-type': 'text/html', 'x-echo': request.headers.authorization ?? 'none' });
		response.end(
			`<title>Error</title><form method="post" action="/sign-in"><input name="email"><input name="password" type="password"></form><pre>${said}</pre>`,
		);
	});
});
let folder = '';
let url = '';
const printed: string[] = [];

beforeAll(async () => {
	await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
	folder = await mkdtemp(join(tmpdir(), 'holdfast-evidence-'));
	await writeFile(
		join(folder, 'RUNBOOK.md'),
		'# R\n\n## Common Issues\n\n### Sign-in does not work\n\n**Symptoms**:\n- Users cannot log in <!-- check: auth.login -->\n\n**Possible Causes**:\n1. The server fails <!-- check: http.status --> <!-- check: http.health --> <!-- check: convex.functions --> <!-- check: convex.state --> <!-- check: sentry.errors --> <!-- check: env.required -->\n\n**Resolution Steps**:\n1. Look at it\n',
	);
	await writeFile(
		join(folder, 'app.log'),
		[secrets.HOLDFAST_TOKEN, secrets.PROBE_PASSWORD]
			.map((value) => `${JSON.stringify({ time: '2026-11-24T03:12:00Z', level: 'error', msg: `refused ${value}` })}\n`)
			.join(''),
	);
	await writeFile(
		join(folder, 'holdfast.yaml'),
		`version: 1\nservices:\n  shop:\n    url: ${url}\n    runbook: RUNBOOK.md\n    private: true\n    log: { file: app.log }\n    kit: { token: { env: HOLDFAST_TOKEN } }\n    convex: { url: ${url}, adminKey: { env: CONVEX_DEPLOY_KEY } }\n    sentry: { url: ${url}, org: o, project: p, token: { env: SENTRY_TOKEN } }\n    synthetic: { user: probe@shop.example, password: { env: PROBE_PASSWORD } }\n`,
	);
});
afterAll(async () => {
	await new Promise((resolve) => echo.close(resolve));
	await rm(folder, { recursive: true, force: true });
});

async function holdfast(...argv: readonly string[]) {
	const io = createTestIo({ directory: folder, environment: secrets });
	const code = await run([...argv], io);
	printed.push(io.out(), io.err());
	return { code, out: io.out(), err: io.err() };
}

describe('gather and verify', () => {
	it('writes a bundle that verifies, and refuses to write over one', async () => {
		const gathered = await holdfast('gather', 'users cannot log in', '--when', '03:12', '--no-browser', '--out', 'incident.jsonl');
		expect(gathered.code).toBe(0);
		expect(gathered.out).toMatch(/^Bundle +incident\.jsonl \(\d+ entries/);
		expect(await holdfast('verify', 'incident.jsonl')).toMatchObject({ code: 0, out: expect.stringContaining('unbroken, signed by') });
		expect(await readFile(join(folder, 'incident.md'), 'utf8')).toContain('What is seen: users cannot log in');
		for (const file of ['incident.jsonl', 'incident.md', '.holdfast/keys/evidence.pem', '.holdfast/history/shop.jsonl'])
			expect([file, (await stat(join(folder, file))).mode & 0o777]).toEqual([file, 0o600]);
		const again = await holdfast('gather', '--no-browser', '--out', 'incident.jsonl');
		expect(again).toMatchObject({ code: 4, err: expect.stringContaining('never written over') });
	}, 30_000);

	it('says where a bundle is broken: exit 1', async () => {
		const bundle = await readFile(join(folder, 'incident.jsonl'), 'utf8');
		await writeFile(join(folder, 'altered.jsonl'), bundle.replace('"users cannot log in"', '"users cannot log on"'));
		expect(await holdfast('verify', 'altered.jsonl')).toMatchObject({
			code: 1,
			out: expect.stringContaining('broken at entry 1: altered'),
		});
	});

	it('does not know the signer elsewhere, and knows no other file: exit 3 and 2', async () => {
		const { publicKey } = JSON.parse((await readFile(join(folder, 'incident.jsonl'), 'utf8')).split('\n')[0] ?? '').data;
		const elsewhere = createTestIo();
		await writeFile(join(elsewhere.directory, 'b.jsonl'), await readFile(join(folder, 'incident.jsonl')));
		expect(await run(['verify', 'b.jsonl'], elsewhere)).toBe(3);
		expect(await run(['verify', 'b.jsonl', '--key', publicKey], elsewhere)).toBe(0);
		expect(await holdfast('verify', 'RUNBOOK.md')).toMatchObject({ code: 2, err: expect.stringContaining('no evidence bundle') });
		expect(await holdfast('verify', 'incident.jsonl', '--key', 'abc')).toMatchObject({ code: 2 });
	});
});

it('keeps every secret out of all that is printed, remembered and gathered, though the application echoes them', async () => {
	await holdfast('diagnose', '--no-browser');
	await holdfast('diagnose', '--no-browser', '--json');
	await holdfast('check', 'http.health', 'convex.state', 'sentry.errors', 'auth.login', '--verbose');
	const files = await readdir(folder, { recursive: true, withFileTypes: true });
	const written = await Promise.all(
		files
			.filter((entry) => entry.isFile() && entry.name !== 'app.log' && !entry.name.endsWith('.pem'))
			.map((entry) => readFile(join(entry.parentPath ?? entry.path, entry.name), 'utf8')),
	);
	expect(printed.join('').length).toBeGreaterThan(1000);
	for (const [name, value] of Object.entries(secrets))
		for (const form of listForms(value))
			expect([name, [...printed, ...written].filter((text) => text.includes(form)).length]).toEqual([name, 0]);
}, 60_000);

/** As a value may stand in a text: as it is, as JSON or a URL writes it, as Markdown does (escaped, white space as one space). */
function listForms(value: string): readonly string[] {
	const plain = [value, JSON.stringify(value).slice(1, -1)];
	const written = plain.flatMap((text) => [text, text.replace(/\s+/g, ' ')]).flatMap((text) => [text, text.replaceAll('<', '&lt;')]);
	return [...new Set([...written, encodeURIComponent(value)])];
}
