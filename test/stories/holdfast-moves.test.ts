import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { holdfast } from './world/holdfast.ts';
import { ask, killPostgres, startUp, startWatchedApp } from './world/watched-app.ts';

const isBuilt = existsSync(new URL('../../apps/cli/dist/main.js', import.meta.url));
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 45_000, interval: 200 });

describe.skipIf(!isBuilt)('Holdfast moves (skipped: the command line is not built, npm run build)', () => {
	it('is exported while it watches, and goes on elsewhere with all that it knew; what is no whole export changes nothing', async () => {
		await using app = await startWatchedApp(2);
		const old = startUp(app.folder);
		const elsewhere = join(app.folder, 'elsewhere');
		const file = join(app.folder, 'everything.gz');
		try {
			await eventually(() => expect(old.words()).toContain('Holdfast watches'));
			app.answer = 503;
			await eventually(async () => expect(await ask(app.folder, "select 1 from incident where state = 'open'")).toHaveLength(1));
			const exported = await holdfast(['export', file], { cwd: app.folder });
			expect(exported.code, exported.stderr).toBe(0);
			expect((await holdfast(['export', file], { cwd: app.folder })).code).not.toBe(0);
			old.child.kill('SIGTERM');
			await old.ended;
		} finally {
			old.child.kill('SIGKILL');
		}

		await mkdir(elsewhere);
		for (const name of ['holdfast.yaml', 'RUNBOOK.md']) await cp(join(app.folder, name), join(elsewhere, name));
		const whole = await readFile(file);
		await writeFile(join(elsewhere, 'cut.gz'), whole.subarray(0, whole.length - 200));
		await writeFile(join(elsewhere, 'foreign.gz'), 'not an export');
		for (const bad of ['cut.gz', 'foreign.gz']) {
			const refused = await holdfast(['import', bad], { cwd: elsewhere });
			expect(refused.code, bad).not.toBe(0);
			expect(refused.stderr.trim().split('\n').length, refused.stderr).toBeLessThan(6);
		}
		const taken = await holdfast(['import', file], { cwd: elsewhere });
		expect(taken.code, taken.stderr).toBe(0);

		const next = startUp(elsewhere);
		try {
			await eventually(() => expect(next.words()).toContain('Holdfast watches'));
			const shown = JSON.parse((await holdfast(['incident', '--json'], { cwd: elsewhere })).stdout);
			expect(shown.incidents).toHaveLength(1);
			next.child.kill('SIGTERM');
			expect(await next.ended).toBe(0);
		} finally {
			next.child.kill('SIGKILL');
			await killPostgres(elsewhere);
		}
	});
});
