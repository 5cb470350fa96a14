import { existsSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startMailServer } from '../../packages/providers/src/fixtures/mail-server.ts';
import { holdfast } from './world/holdfast.ts';
import { findFreePort } from './world/proxy.ts';
import { startSignedReceiver } from './world/signed-receiver.ts';
import { ask, startUp, startWatchedApp } from './world/watched-app.ts';

const isBuilt = existsSync(new URL('../../apps/cli/dist/main.js', import.meta.url));
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 60_000, interval: 100 });

describe.skipIf(!isBuilt)('notifications (skipped: the command line is not built, npm run build)', () => {
	it('an outage and its end reach a mail server and a signed webhook once each, and a receiver that was gone gets it later under the same key', async () => {
		await using app = await startWatchedApp(1);
		await using receiver = await startSignedReceiver();
		const smtp = await startMailServer();
		const port = await findFreePort();
		await appendFile(
			join(app.folder, 'holdfast.yaml'),
			`channels:
  hook: {kind: webhook, url: {env: HOOK_URL}, secret: {env: HOOK_SECRET}, private: true}
  mail: {kind: email, smtp: {host: 127.0.0.1, port: ${smtp.port}}, from: holdfast@bakery.test, to: [ada@bakery.test], private: true}
  desk: {kind: console}
notify: [{to: [hook, mail, desk]}]
ingest: {port: ${port}}
`,
		);
		const env = { HOOK_URL: receiver.url, HOOK_SECRET: receiver.secret };
		const up = startUp(app.folder, env);
		// A diagnosis may come as an update between the two, or not before it is over.
		const types = () => receiver.hooks.filter(({ status, type }) => status < 300 && type !== 'incident.updated').map(({ type }) => type);
		const mails = () => smtp.mails.filter(({ raw }) => /^Subject: (?!Re: )/m.test(raw) || raw.includes('Resolved after'));
		const subjects = () => mails().map(({ raw }) => /^Subject: (.*)$/m.exec(raw)?.[1]?.trim());
		const refused = () => receiver.hooks.find(({ status, type }) => status === 503 && type === 'incident.opened');
		try {
			await eventually(async () => expect(await ask(app.folder, "select 1 from monitor where state = 'ok'")).toHaveLength(1));
			app.answer = 503;
			await eventually(() => expect([types().length, mails().length]).toEqual([1, 1]));
			app.answer = 200;
			await eventually(() => expect([types().length, mails().length]).toEqual([2, 2]));
			expect(types()).toEqual(['incident.opened', 'incident.resolved']);
			expect(subjects()).toEqual([expect.stringMatching(/^#1 /), expect.stringMatching(/^Re: #1 /)]);
			const threads = smtp.mails.map(({ raw }) => /^References: (.*)$/m.exec(raw)?.[1]);
			expect(new Set(threads).size).toBe(1);
			const [opened, resolved] = receiver.hooks.filter(({ type }) => type !== 'incident.updated');
			expect(opened?.data.incident).toEqual(resolved?.data.incident);
			expect(opened?.id).not.toBe(resolved?.id);
			expect(opened?.data.acknowledgeUrl).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/acknowledge/[\\w-]{43}$`));
			expect(resolved?.data.acknowledgeUrl).toBeNull();

			receiver.answer = 503;
			app.answer = 503;
			await eventually(() => expect(refused()).toBeDefined());
			await receiver.kill();
			const gone = refused();
			await eventually(() => expect(up.events.some((event) => event.outcome === 'retry' && event.attempt === 2)).toBe(true));
			receiver.answer = 204;
			await receiver.comeBack();
			await eventually(() => expect(types()).toHaveLength(3));
			expect(receiver.hooks.find(({ status, id }) => status === 204 && id === gone?.id)).toMatchObject({ type: 'incident.opened' });
			expect(mails()).toHaveLength(3);

			const link = String(receiver.hooks.find(({ status, id }) => status === 204 && id === gone?.id)?.data.acknowledgeUrl);
			const open = "select state, acknowledged_by from incident where state in ('open', 'acknowledged')";
			expect(await (await fetch(link)).text()).toContain('Do you take care of it?');
			expect(await ask(app.folder, open)).toEqual([{ state: 'open', acknowledged_by: null }]);
			expect((await fetch(link, { method: 'POST' })).status).toBe(200);
			expect(await ask(app.folder, open)).toEqual([{ state: 'acknowledged', acknowledged_by: 'link:hook' }]);
			expect((await fetch(link)).status).toBe(410);
			await eventually(() => expect(types().at(-1)).toBe('incident.acknowledged'));
			expect(receiver.unsigned).toBe(0);

			await eventually(async () => expect(await ask(app.folder, "select 1 from notification where state = 'waiting'")).toEqual([]));
			const listed = await holdfast(['channels', '--json'], { cwd: app.folder, env });
			expect(listed.code).toBe(0);
			expect(JSON.parse(listed.stdout).channels.map(({ record }: { record: { last: { state: string } } }) => record.last.state)).toEqual([
				'sent',
				'sent',
				'sent',
			]);
			const inbox = await holdfast(['inbox', '--json'], { cwd: app.folder });
			const kinds = JSON.parse(inbox.stdout).messages.map(({ kind }: { kind: string }) => kind);
			expect(kinds.filter((kind: string) => kind !== 'updated')).toEqual(['acknowledged', 'opened', 'resolved', 'opened']);
			expect(inbox.stdout).not.toContain('/acknowledge/');
			const tested = await holdfast(['channels', 'test', '--json'], { cwd: app.folder, env });
			expect([tested.code, types().at(-1), subjects().at(-1)]).toEqual([0, 'channel.test', 'Holdfast reaches the channel mail']);
			expect(await ask(app.folder, 'select length(hash) as length from acknowledge_link limit 1')).toEqual([{ length: 32 }]);

			up.child.kill('SIGTERM');
			expect(await up.ended).toBe(0);
			expect(JSON.stringify(up.events) + up.words()).not.toContain(receiver.secret);
			expect(up.words()).not.toContain('/hooks/1');
		} finally {
			up.child.kill('SIGKILL');
		}
	}, 120_000);
});
