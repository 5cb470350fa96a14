import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startMailServer } from '../../packages/providers/src/fixtures/mail-server.ts';
import { type Received, startReceiver } from '../../packages/providers/src/notify/fixtures/receiver.ts';
import { root } from '../house/list-files.ts';
import { holdfast } from './world/holdfast.ts';
import { findFreePort } from './world/proxy.ts';
import { shopIsBuilt } from './world/shop.ts';

const isWindows = process.platform === 'win32';
/** A check every second in place of every half minute: the clock of this story is moved. */
const PACES = `    monitors:
      http.health: { every: 2s }
      http.status: { every: 2s }
      http.page: { every: 3s }
      http.list: { every: 3s }
      convex.reachable: { every: 2s }
      convex.health: { every: 2s }
      net.tcp: { every: 2s }
      logs.errors: { off: true }
`;

interface Incident {
	readonly id: number;
	readonly title: string;
	readonly state: string;
}

describe.skipIf(!shopIsBuilt || isWindows)('the example, broken while it is watched (skipped: it is not built, npm run build)', () => {
	let folder = '';
	let child: ChildProcess | undefined;
	let ended: Promise<unknown> = Promise.resolve();
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'holdfast-told-'));
		await chmod(folder, 0o755);
	});
	afterEach(async () => {
		child?.kill('SIGTERM');
		await ended;
		await rm(folder, { recursive: true, force: true, maxRetries: 10 });
	});

	it('is an incident with its cause, told by mail and by a signed webhook; mending it ends the incident and is told too', async () => {
		const mail = await startMailServer();
		const hook = await startReceiver(204);
		const key = randomBytes(32);
		const example = await readFile(join(root, 'examples/shop/holdfast.yaml'), 'utf8');
		const template = join(folder, 'template.yaml');
		await writeFile(
			template,
			[
				example.replace(/^channels:[\s\S]*/m, '').replace('    sentry: builtin\n', (line) => `${line}${PACES}`),
				'channels:\n',
				`  mail: { kind: email, smtp: { host: 127.0.0.1, port: ${mail.port} }, from: holdfast@shop.example, to: [ops@shop.example], private: true }\n`,
				'  hook: { kind: webhook, url: { env: STORY_HOOK_URL }, secret: { env: STORY_HOOK_SECRET }, private: true }\n',
				'notify:\n  - { severity: [critical, major], to: [mail, hook] }\n',
			].join(''),
		);
		const data = join(folder, 'data');
		const config = join(data, 'holdfast.yaml');
		const printed = await start(['--data', data, '--config', template], {
			STORY_HOOK_URL: `${hook.url}/told`,
			STORY_HOOK_SECRET: `whsec_${key.toString('base64')}`,
		});
		const run = (...args: string[]) => holdfast([...args, '--config', config], { cwd: folder });
		const readIncidents = async () => JSON.parse((await run('incident', '--json', '--all')).stdout).incidents as readonly Incident[];

		const broken = await run('dev', 'break', 'convex-down');
		expect(broken.code, broken.stdout + broken.stderr).toBe(0);
		const [incident] = await vi.waitFor(
			async () => {
				const incidents = (await readIncidents()).filter(({ state }) => state === 'open');
				expect(incidents.map(({ title }) => title).join('; ')).toMatch(/convex deployment/i);
				expect(incidents).toHaveLength(1);
				return incidents;
			},
			{ timeout: 120_000, interval: 500 },
		);
		const shown = await run('incident', 'show', String(incident?.id));
		expect(shown.stdout.replaceAll(/\s+/g, ' ')).toContain('The Convex deployment is down or paused');
		await vi.waitFor(
			() => {
				expect(mail.mails.map(({ raw }) => raw).join()).toMatch(/The Convex deployment/);
				expect(hook.received.length).toBeGreaterThan(0);
			},
			{ timeout: 20_000 },
		);
		for (const message of hook.received) expect(isSigned(message, key)).toBe(true);

		expect((await run('dev', 'mend')).stdout).toContain('Mended: the process of the deployment ended.');
		await vi.waitFor(async () => expect((await readIncidents()).map(({ state }) => state)).toEqual(['resolved']), {
			timeout: 120_000,
			interval: 500,
		});
		await vi.waitFor(
			() => {
				// One subject over an incident, so that its mails are one thread.
				expect(mail.mails.some(({ raw }) => /^Subject: Re: /m.test(raw) && raw.includes('Resolved after'))).toBe(true);
				expect(hook.received.some(({ body }) => JSON.parse(body).type === 'incident.resolved')).toBe(true);
			},
			{ timeout: 20_000 },
		);
		expect(new Set(hook.received.map(({ headers }) => headers['webhook-id'])).size).toBe(hook.received.length);
		expect(printed()).not.toContain(key.toString('base64'));
	}, 400_000);

	async function start(args: readonly string[], env: Readonly<Record<string, string>>): Promise<() => string> {
		const port = String(await findFreePort());
		const started = spawn(process.execPath, ['scripts/start.mjs', '--no-build', ...args], {
			cwd: root,
			env: { ...process.env, DATABASE_URL: '', NO_COLOR: '1', PORT: port, ...env },
		});
		child = started;
		let printed = '';
		for (const stream of [started.stdout, started.stderr])
			stream.setEncoding('utf8').on('data', (text: string) => {
				printed += text;
			});
		const closed = new Promise<string>((resolve) => started.once('close', () => resolve('ended')));
		ended = closed;
		const ready = vi.waitFor(() => expect(printed).toContain('Ctrl-C stops everything.'), { timeout: 180_000, interval: 200 });
		expect(await Promise.race([closed, ready.then(() => 'watches')]), printed).toBe('watches');
		return () => printed;
	}
});

/** Standard Webhooks: HMAC-SHA256 over id, time and body. */
function isSigned({ headers, body }: Received, key: Buffer): boolean {
	const signed = [headers['webhook-id'], headers['webhook-timestamp'], body].join('.');
	return headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}
