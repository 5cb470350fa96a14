import { chmod, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bakery, bakeryRunbook, serveBakery, startBakery } from './fixtures/bakery.ts';
import { createTestIo } from './fixtures/test-io.ts';
import { run } from './main.ts';

let folder: string;
let bakery: Bakery | null = null;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'holdfast-cli-'));
	await writeFile(join(folder, 'RUNBOOK.md'), bakeryRunbook);
});
afterEach(async () => {
	await rm(folder, { recursive: true });
	await bakery?.close();
	bakery = null;
});

async function outcome(...argv: readonly string[]) {
	const io = createTestIo({ directory: folder });
	const code = await run(argv, io);
	expect(io.out() + io.err()).not.toMatch(/^\s+at .*:\d+/m);
	return { code, out: io.out(), err: io.err() };
}

describe('a document that cannot be read', () => {
	it.each([
		['is missing', 'RUNBOK.md', 2],
		['is a folder', 'docs', 2],
		['is binary', 'photo.png', 2],
		['is UTF-16', 'utf16.md', 2],
		['is not UTF-8', 'latin1.md', 2],
		['has 50 MB', 'huge.md', 2],
	])('because it %s: one message, the exit code, nothing written', async (_why, file, code) => {
		await mkdir(join(folder, 'docs'));
		await writeFile(join(folder, 'photo.png'), Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x00, 0x01));
		await writeFile(join(folder, 'utf16.md'), Buffer.from('\ufeff# Bakery', 'utf16le'));
		await writeFile(join(folder, 'latin1.md'), Buffer.from('# Caf\u00e9', 'latin1'));
		await writeFile(join(folder, 'huge.md'), '');
		await truncate(join(folder, 'huge.md'), 50 * 1024 * 1024);
		const before = await readdir(folder);
		for (const argv of [['show'], ['lint'], ['coverage'], ['bind'], ['bind', '--accept', 'certain'], ['unbind']]) {
			const [verb = '', ...options] = argv;
			const ended = await outcome('runbook', verb, file, ...options);
			expect({ code: ended.code, out: ended.out }).toEqual({ code, out: '' });
			if (verb === 'show') expect(ended.err).toMatchSnapshot();
		}
		expect(await readdir(folder)).toEqual(before);
	});
});

describe('a configuration that is wrong', () => {
	it('is told with all problems, and asks nothing', async () => {
		await writeFile(
			join(folder, 'holdfast.yaml'),
			'version: 1\nservices:\n  bakery:\n    urll: http://localhost:1\n    kit: {token: hunter2}\n',
		);
		const { code, out, err } = await outcome('diagnose');
		expect({ code, out }).toEqual({ code: 2, out: '' });
		expect(err).not.toContain('hunter2');
		expect(err).toMatchInlineSnapshot(`
			"holdfast.yaml:4:5   "urll": no such key in services.bakery. Did you mean url?
			holdfast.yaml:5:18  services.bakery.kit.token: a secret must not stand in this
			                    file (the value is not shown). Write token: {env: NAME}, or
			                    {file: PATH}.
			2 problems in the configuration. docs/schema/holdfast.schema.json describes
			every key.
			"
		`);
	});

	it('is told when it is no YAML', async () => {
		await writeFile(join(folder, 'holdfast.yaml'), 'version: 1\nservices: {bakery: {url: "http://localhost:1}\n');
		const { code, err } = await outcome('diagnose');
		expect(code).toBe(2);
		expect(err).toMatchInlineSnapshot(`
			"holdfast.yaml:3:1  invalid YAML: a closing quote, bracket, comma or colon is
			                   missing
			holdfast.yaml:3:1  invalid YAML: the indentation does not fit the lines around
			                   it
			2 problems in the configuration. docs/schema/holdfast.schema.json describes
			every key.
			"
		`);
	});

	it('says what to do when there is none', async () => {
		const { code, err } = await outcome('check', 'http.health');
		expect(code).toBe(2);
		expect(err).toMatchInlineSnapshot(`
			"no service: there is no holdfast.yaml here or above, and no URL was given.
			holdfast diagnose --url http://localhost:3000 --runbook RUNBOOK.md, or once:
			holdfast init RUNBOOK.md URL
			"
		`);
	});
});

describe('a check asked for wrongly', () => {
	it.each([
		['an unknown id', ['http.helth']],
		['an unknown parameter', ['http.health', 'pth=/api/health']],
		['a wrong value', ['http.health', 'status=many']],
		['two faults at once', ['http.helth', 'net.dsn']],
		['a parameter without a check', ['path=/api/health']],
	])('%s', async (_what, words) => {
		const { code, out, err } = await outcome('check', ...words, '--url', 'http://127.0.0.1:1');
		expect({ code, out }).toEqual({ code: 2, out: '' });
		expect(err).toMatchSnapshot();
	});

	it('is explained by help, with the nearest name', async () => {
		const { code, err } = await outcome('help', 'http.helth');
		expect(code).toBe(2);
		expect(err).toBe('http.helth: no such check. Did you mean http.health?\n');
	});
});

describe('a document whose directives are wrong', () => {
	it('is not bound: every problem with its place, nothing written', async () => {
		const wrong = bakeryRunbook
			.replace('- Blank page or error page', '- Blank page or error page <!-- check: http.pag -->')
			.replace('1. Build errors', '1. Build errors <!-- check: http.assets max=abc -->');
		await writeFile(join(folder, 'RUNBOOK.md'), wrong);
		const { code, err } = await outcome('runbook', 'bind', 'RUNBOOK.md', '--accept', 'certain');
		expect(code).toBe(2);
		expect(err).toMatchInlineSnapshot(`
			"RUNBOOK.md:8:33   check http.pag: no such check. Did you mean http.page?
			RUNBOOK.md:11:41  max: http.assets has no such parameter. Valid: path.
			2 problems, nothing written.
			"
		`);
		expect(await readFile(join(folder, 'RUNBOOK.md'), 'utf8')).toBe(wrong);
	});
});

describe('a folder that may not be written', () => {
	// The superuser may write everywhere: nothing to prove there.
	it.skipIf(process.getuid?.() === 0)('is said, and nothing is left (skipped: root may write everywhere)', async () => {
		await chmod(folder, 0o555);
		const { code, err } = await outcome('runbook', 'bind', 'RUNBOOK.md', '--accept', 'certain');
		await chmod(folder, 0o755);
		expect(code).toBe(4);
		expect(err).toContain('this account may not write there');
		expect(await readdir(folder)).toEqual(['RUNBOOK.md']);
	});
});

describe('a service that misbehaves', () => {
	it.each([
		['a host that does not resolve', async () => 'http://no-such-host.invalid'],
		['a port where nothing listens', async () => 'http://127.0.0.1:1'],
		[
			'a server that hangs',
			async () => {
				bakery = await startBakery(() => undefined);
				return bakery.url;
			},
		],
		[
			'a compressed bomb',
			async () => {
				const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
				bakery = await startBakery((_request, response) =>
					response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb),
				);
				return bakery.url;
			},
		],
		[
			'a service that speaks no TLS behind an https URL',
			async () => {
				bakery = await startBakery();
				return bakery.url.replace('http:', 'https:');
			},
		],
	])('%s: an answer in time, no stack', async (_what, address) => {
		const { code, out } = await outcome('check', 'http.health', '--url', await address(), '--private', '--overall', '2');
		expect([1, 3]).toContain(code);
		expect(out).toMatch(/FAIL|echo|\?/);
	});
});

describe('a symptom that nobody knows', () => {
	it('is answered with those there are, and exit 2', async () => {
		bakery = await startBakery(serveBakery());
		const { code, err } = await outcome('diagnose', 'xyzzy plugh', '--url', bakery.url, '--runbook', 'RUNBOOK.md');
		expect(code).toBe(2);
		expect(err).toMatchInlineSnapshot(`
			"RUNBOOK.md:5  Shop Not Loading
			RUNBOOK.md:8  · Blank page or error page
			none of these lines of RUNBOOK.md fits "xyzzy plugh". Ask with words of one of
			these, or run holdfast diagnose alone for all issues.
			"
		`);
	});
});
