import { existsSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { holdfast } from './world/holdfast.ts';
import { ask, startUp, startWatchedApp } from './world/watched-app.ts';

const isBuilt = existsSync(new URL('../../apps/cli/dist/main.js', import.meta.url));
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 45_000, interval: 100 });

describe.skipIf(!isBuilt)('holdfast up (skipped: the command line is not built, npm run build)', () => {
	it('watches, opens one incident with its cause for what one fault breaks, says so in status, and ends cleanly when asked', async () => {
		await using app = await startWatchedApp(2);
		const up = startUp(app.folder);
		try {
			await eventually(() => expect(up.words()).toContain('Holdfast watches'));
			await eventually(async () => expect(await ask(app.folder, "select 1 from monitor where state = 'ok'")).toHaveLength(2));
			const well = await holdfast(['status', '--json'], { cwd: app.folder });
			expect(well.code).toBe(0);
			expect(JSON.parse(well.stdout)).toMatchObject({
				services: [{ name: 'bakery', monitors: { ok: 2 } }],
				incidents: [],
				watcher: { isLate: false },
			});

			app.answer = 503;
			await eventually(async () =>
				expect(await ask(app.folder, "select 1 from incident where state = 'open' and diagnosis is not null")).toHaveLength(1),
			);
			await eventually(async () => expect(await ask(app.folder, "select 1 from monitor where state = 'fail'")).toHaveLength(2));
			const broken = await holdfast(['status', '--json'], { cwd: app.folder });
			expect(broken.code).toBe(1);
			const told = JSON.parse(broken.stdout);
			const held = await ask<{ id: number; title: string }>(
				app.folder,
				'select id::int, title from incident order by opened_at desc, id desc',
			);
			expect(told.incidents.map(({ id, title }: { id: number; title: string }) => ({ id, title }))).toEqual(held);

			app.answer = 200;
			await eventually(async () => expect(await ask(app.folder, "select 1 from incident where state = 'resolved'")).toHaveLength(1));
			const [record] = (await ask<{ cause: string; members: number; kinds: readonly string[] }>(
				app.folder,
				`select diagnosis -> 'roots' -> 0 ->> 'message' as cause, (select count(distinct monitor_id)::int from transition where incident_id = incident.id) as members,
					(select array_agg(distinct kind order by kind) from incident_entry where incident_id = incident.id) as kinds from incident`,
			)) ?? [undefined];
			expect(record).toMatchObject({ cause: expect.stringContaining('503'), members: 2 });
			expect(record?.kinds).toEqual(expect.arrayContaining(['opened', 'diagnosis', 'resolved']));
			up.child.kill('SIGTERM');
			expect(await up.ended).toBe(0);
			expect(up.words()).toMatch(/Stopped after \d+ checks/);
			expect(up.events.filter(({ level }) => level !== 'info')).toEqual([]);
			expect((await holdfast(['status'], { cwd: app.folder })).code).toBe(4);
		} finally {
			up.child.kill('SIGKILL');
		}
	});
});
