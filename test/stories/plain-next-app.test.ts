import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { causesOf, checksOf, diagnose } from './world/diagnosis.ts';
import { holdfast } from './world/holdfast.ts';
import { findFreePort } from './world/proxy.ts';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const next = join(modules, 'next/dist/bin/next');

const secret = 'story-secret-0123456789-abcdefghij-XYZ';

/** A runbook of another shape: numbered sections, bold issues as headings with fields, no checklists, bullets for steps. */
const runbook = `Owner: web team

## 1. What to do when the site is down

### Issue: Home page does not come up

**Symptoms:** visitors see a blank page or a 500 error.

**Cause:** the process is gone, or the build is broken.

**Fix:**

- Open http://localhost:3000/ and look at it
- Run \`curl -I http://localhost:3000/\`
- Restart the process

## 2. Who to call

| Role | Phone |
|---|---|
| On call | TBD |
`;

describe('a plain Next.js application without the kit', () => {
	let folder = '';
	let app: ChildProcess | null = null;
	let url = '';

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'holdfast-plain-'));
		const port = await findFreePort();
		url = `http://localhost:${port}`;
		await mkdir(join(folder, 'app/app'), { recursive: true });
		await symlink(modules, join(folder, 'app/node_modules'));
		await writeFile(join(folder, 'app/package.json'), '{"name":"plain","private":true}\n');
		await writeFile(
			join(folder, 'app/app/layout.jsx'),
			'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }\n',
		);
		await writeFile(
			join(folder, 'app/app/page.jsx'),
			'export default function Page() { return <main><h1>Plain</h1><p>Nothing but Next.</p></main>; }\n',
		);
		await writeFile(join(folder, 'app/next.config.mjs'), 'export default { turbopack: { root: process.env.PLAIN_ROOT } };\n');
		const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', PLAIN_ROOT: '/', NODE_ENV: 'production' as const };
		await run([next, 'build'], join(folder, 'app'), env);
		app = spawn(process.execPath, [next, 'start', '--port', String(port), '--hostname', '127.0.0.1'], {
			cwd: join(folder, 'app'),
			env,
			stdio: 'ignore',
		});
		await untilAnswers(url);
	}, 180_000);
	afterAll(async () => {
		if (app !== null && app.exitCode === null) {
			const ended = new Promise((resolve) => app?.once('exit', resolve));
			app.kill('SIGTERM');
			await ended;
		}
		await rm(folder, { recursive: true, force: true });
	});

	it('ends init with a configuration, a bound document and a true diagnosis', async () => {
		await writeFile(join(folder, 'RUNBOOK.md'), runbook);
		const { code, stdout, stderr } = await holdfast(['init', 'RUNBOOK.md', url], { cwd: folder });
		expect(stderr).not.toMatch(/^\s+at /m);
		const config = parse(await readFile(join(folder, 'holdfast.yaml'), 'utf8')) as {
			services: Record<string, { url: string; runbook: string }>;
		};
		expect(Object.values(config.services)[0]).toMatchObject({ url, runbook: 'RUNBOOK.md' });
		const bound = await readFile(join(folder, 'RUNBOOK.md'), 'utf8');
		expect(bound).toContain('<!-- check: ');
		expect(bound.replace(/ <!-- \w+: [^>]*-->/g, '').replace(/^<!-- \w+: [^>]*-->\n/gm, '')).toBe(runbook);
		expect(stdout).not.toMatch(/^ +Cause /m);
		const told = await diagnose({ folder, env: { SESSION_SECRET: secret } });
		// Without `checkout` nobody has looked at the build as it lies on the server: it cannot be ruled out, and is not confirmed.
		expect(causesOf(told.report, 'confirmed')).toEqual([]);
		expect(causesOf(told.report, 'could-not-tell')).toEqual(['the process is gone, or the build is broken.']);
		expect(told.report.diagnosis.issues.flatMap((issue) => issue.causes)).toHaveLength(1);
		expect(told.report.diagnosis.roots).toEqual([]);
		expect(checksOf(told.report, 'ok').length).toBeGreaterThanOrEqual(6);
		expect(checksOf(told.report, 'fail')).toEqual([]);
		expect([code, told.code]).toEqual([0, 0]);
		expect(told.printed).not.toContain(secret);
	});

	it('answers a broken page truly once the application is gone', async () => {
		await cp(join(folder, 'holdfast.yaml'), join(folder, 'copy.yaml'));
		const gone = (await readFile(join(folder, 'copy.yaml'), 'utf8')).replace(url, `http://localhost:${await findFreePort()}`);
		await writeFile(join(folder, 'copy.yaml'), gone);
		const { code, stdout } = await holdfast(['diagnose', '--config', 'copy.yaml'], { cwd: folder });
		expect(stdout).toMatch(/nothing listens/i);
		expect(code).toBe(1);
	});
});

async function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
	const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding('utf8').on('data', (text: string) => {
			output += text;
		});
	const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
	if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${output.slice(-3000)}`);
}

async function untilAnswers(url: string): Promise<void> {
	const deadline = Date.now() + 30_000;
	while (Date.now() < deadline) {
		try {
			await (await fetch(url)).arrayBuffer();
			return;
		} catch {
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
	throw new Error(`${url} did not answer within 30 s`);
}
