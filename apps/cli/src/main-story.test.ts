import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bakery, bakeryRunbook, serveBakery, startBakery } from './fixtures/bakery.ts';
import { createTestIo } from './fixtures/test-io.ts';
import { run } from './main.ts';

let folder: string;
let bakery: Bakery;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'holdfast-story-'));
	await writeFile(join(folder, 'RUNBOOK.md'), bakeryRunbook);
	bakery = await startBakery();
});
afterEach(async () => {
	await rm(folder, { recursive: true });
	await bakery.close();
});

async function outcome(...argv: readonly string[]) {
	const io = createTestIo({ directory: folder });
	const code = await run(argv, io);
	return { code, out: io.out(), err: io.err() };
}

describe('from a document and a URL', () => {
	// The first of the file loads every module of the catalogue: seconds on a machine that is busy.
	it('init ends in a configuration, a bound document and a first diagnosis; then diagnose needs no words', async () => {
		const first = await outcome('init', 'RUNBOOK.md', bakery.url);
		expect(first.err).toBe('');
		expect(first.code).toBe(0);
		expect(first.out).toContain('Written: holdfast.yaml');
		expect(first.out).toContain('your-domain.com in the runbook is a placeholder');
		expect(first.out).toContain('Nothing is wrong that the runbook knows of.');
		expect(await readFile(join(folder, 'RUNBOOK.md'), 'utf8')).toContain('<!-- check: http.health');
		expect((await outcome('diagnose')).code).toBe(0);

		const again = await outcome('init', 'RUNBOOK.md', bakery.url);
		expect(again.code).toBe(4);
		expect(again.err).toMatchInlineSnapshot(`
			"holdfast.yaml exists already: nothing was written. Run holdfast diagnose to use
			it, edit it, or move it away and run init again.
			"
		`);
	}, 20_000);

	it('init --dry-run shows the same, diagnoses, and writes nothing', async () => {
		const { code, out } = await outcome('init', bakery.url, '--dry-run');
		expect(code).toBe(0);
		expect(out).toContain('Nothing is wrong that the runbook knows of.');
		expect(out).not.toContain('Written');
		expect(await readFile(join(folder, 'RUNBOOK.md'), 'utf8')).toBe(bakeryRunbook);
		await expect(readFile(join(folder, 'holdfast.yaml'))).rejects.toMatchObject({ code: 'ENOENT' });
	});

	it('init --json leaves stdout to the diagnosis', async () => {
		const { out, err } = await outcome('init', bakery.url, '--dry-run', '--json');
		expect(JSON.parse(out)).toMatchObject({ diagnosis: { roots: [] } });
		expect(err).toContain('holdfast.yaml');
	});
});

describe('init', () => {
	it('writes nothing where nothing answers, and names the flag that writes all the same', async () => {
		const first = await outcome('init', 'RUNBOOK.md', 'http://127.0.0.1:1');
		expect(first.code).toBe(1);
		expect(first.out.replace(/\s+/g, ' ')).toContain('Nothing was written, because http://127.0.0.1:1 does not answer.');
		expect(first.out).toContain('--write-anyway');
		expect(await readdir(folder)).toEqual(['RUNBOOK.md']);
		expect((await outcome('init', 'RUNBOOK.md', 'http://127.0.0.1:1', '--write-anyway')).out).toContain('Written: holdfast.yaml');
		expect(await readdir(folder)).toEqual(['RUNBOOK.md', 'holdfast.yaml']);
	});

	it('writes the configuration that --config names; --url then takes the place of its URL', async () => {
		const { code, out } = await outcome('init', 'RUNBOOK.md', bakery.url, '--config', 'other.yaml');
		expect(code).toBe(0);
		expect(out).toContain('Written: other.yaml');
		expect(out.replace(/\s+/g, ' ')).toContain('takes every binding out, also those written by hand');
		expect(await readdir(folder)).toEqual(['RUNBOOK.md', 'other.yaml']);
		expect((await outcome('diagnose', '--config', 'other.yaml', '--url', 'http://127.0.0.1:1')).code).toBe(1);
	});
});

describe('Ctrl-C', () => {
	async function interrupt(...argv: readonly string[]) {
		const io = createTestIo({ directory: folder });
		const hanging = await startBakery(() => setTimeout(io.interrupt, 50));
		const code = await run([...argv, '--url', hanging.url], io);
		await hanging.close();
		return { code, out: io.out(), err: io.err() };
	}

	it.each([[['diagnose']], [['check']]])('of %s gives no verdict, only how far it came', async (argv) => {
		const { code, out, err } = await interrupt(...argv);
		expect({ code, out }).toEqual({ code: 130, out: '' });
		expect(err).toMatch(/^Stopped after [\d.]+ m?s: \d+ of \d+ checks had answered\.\n$/);
	});

	it('after init has written names what was written', async () => {
		const io = createTestIo({ directory: folder });
		const healthy = serveBakery();
		const dies = await startBakery((request, response) => {
			if (existsSync(join(folder, 'holdfast.yaml'))) io.interrupt();
			else healthy(request, response);
		});
		const code = await run(['init', 'RUNBOOK.md', dies.url], io);
		await dies.close();
		expect(code).toBe(130);
		expect(io.out()).not.toContain('Nothing is wrong');
		expect(io.err()).toMatch(/Written before that: holdfast\.yaml, and \d+ bindings into RUNBOOK\.md\.\n$/);
	});

	it('is data with --json', async () => {
		const { code, out } = await interrupt('diagnose', '--json');
		expect(code).toBe(130);
		expect(JSON.parse(out)).toMatchObject({ interrupted: true });
	});
});

describe('diagnose', () => {
	it('names the cause of a blank page whose main script is empty, exit 1', async () => {
		const broken = await startBakery(serveBakery(''));
		const { code, out } = await outcome('diagnose', 'blank page', '--url', broken.url, '--runbook', 'RUNBOOK.md');
		await broken.close();
		expect(code).toBe(1);
		expect(out).toMatch(/Cause +Build errors \(RUNBOOK\.md:11\)/);
		expect(out).toMatch(/Proof +release\.build/);
		expect(out).toMatch(/Next +RUNBOOK\.md:\d+/);
	});

	it('gives data on stdout and nothing else with --json', async () => {
		const { code, out, err } = await outcome('diagnose', '--url', bakery.url, '--json');
		expect({ code, err }).toEqual({ code: 0, err: '' });
		expect(JSON.parse(out)).toMatchObject({ runbook: 'RUNBOOK.md', diagnosis: { issues: [{ title: 'Shop Not Loading', state: 'well' }] } });
	});

	it('is exit 3 when strict and something could not be told', async () => {
		expect((await outcome('diagnose', '--url', bakery.url, '--strict')).code).toBe(3);
	});
});

describe('runbook', () => {
	it('bind gives advice that holds: the certainty there is, and the sidecar', async () => {
		await writeFile(join(folder, 'vague.md'), '# B\n\n## Common Issues\n\n### X\n\n**Symptoms**:\n- Blank page or error page\n');
		const shown = await outcome('runbook', 'bind', 'vague.md', '--sidecar', 'side.yaml');
		expect(shown.out).toMatch(/--sidecar side\.yaml --accept (certain|likely|guess) writes/);
		const written = await outcome('runbook', 'bind', 'vague.md', '--sidecar', 'side.yaml', '--accept', 'guess');
		expect(written.out).not.toContain('unbind');
		expect(written.out).toContain('vague.md is as it was');
	});

	it('unbind --dry-run counts', async () => {
		await writeFile(join(folder, 'mine.md'), '# B\n\n- a <!-- check: http.page -->\n- b <!-- check: http.status -->\n');
		expect((await outcome('runbook', 'unbind', 'mine.md', '--dry-run')).out).toBe(
			'mine.md: 2 comments with bindings would be taken out, 54 bytes. Nothing was written.\n',
		);
	});

	it('bind writes once, unbind gives the bytes back', async () => {
		const path = join(folder, 'RUNBOOK.md');
		expect((await outcome('runbook', 'bind', 'RUNBOOK.md', '--accept', 'certain')).out).toMatch(/bindings? written into RUNBOOK\.md/);
		const bound = await readFile(path, 'utf8');
		expect((await outcome('runbook', 'bind', 'RUNBOOK.md', '--accept', 'certain')).out).toBe(
			'RUNBOOK.md: nothing new to write, nothing was changed.\n',
		);
		expect(await readFile(path, 'utf8')).toBe(bound);
		expect((await outcome('runbook', 'unbind', 'RUNBOOK.md')).code).toBe(0);
		expect(await readFile(path, 'utf8')).toBe(bakeryRunbook);
	});

	it('show prints the published contract, or an outline', async () => {
		const data = await outcome('runbook', 'show', 'RUNBOOK.md', '--json');
		expect(JSON.parse(data.out)).toMatchObject({ title: 'Bakery', issues: [{ title: 'Shop Not Loading' }], unowned: [] });
		expect((await outcome('runbook', 'show')).out).toMatchInlineSnapshot(`
			"Bakery                                                     RUNBOOK.md · 26 lines

			1 issue · 1 procedure · 0 checklists · 1 contact · 1 fence (1 runnable) · 0
			useful commands · 0 URLs · no rollback

			Shop Not Loading                                                  issue · line 5
			  8   seen   Blank page or error page
			             → check http.page (B5, certain)
			  11  why 1  Build errors
			             → check http.assets (B7, certain)
			             → check release.build (B7, certain)
			  12  why 2  The baker overslept
			  13  why 3  Cookie issues
			             → check http.cookies (B21, certain)
			  17  1      Check Health Endpoint
			             → check http.health path=/api/health expect="{\\"status\\":\\"ok\\"}"
			             (B1, certain)
			  19  $      curl https://your-domain.com/api/health (not run as it stands:
			             placeholder not filled in: your-domain.com)

			Contacts
			  25  Baker  [Contact Info] placeholder: nobody would be reached
			"
		`);
	});

	it('coverage counts, lint remarks', async () => {
		expect((await outcome('runbook', 'coverage')).out).toMatch(/^Bakery · \d+ lines that could be live, \d+ are/);
		const lint = await outcome('runbook', 'lint');
		expect(lint.out).toContain('[Contact Info]');
		expect((await outcome('runbook', 'lint', '--strict')).code).toBe(1);
	});
});

describe('help and check', () => {
	it('explain a check', async () => {
		expect((await outcome('help', 'net.tcp')).out).toMatchSnapshot();
	});

	it('list every check', async () => {
		const { code, out } = await outcome('check', '--list', '--json');
		expect(code).toBe(0);
		expect(JSON.parse(out).map(({ id }: { id: string }) => id)).toContain('http.health');
	});

	it('ask one', async () => {
		const { code, out } = await outcome('check', 'http.health', 'path=/api/health', '--url', bakery.url);
		expect(code).toBe(0);
		expect(out).toMatch(/^ {2}ok +http\.health/m);
	});
});
