import { chmod, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
	daysFromNow,
	makeAuthority,
	makeSelfSigned,
	type ServerCertificate,
} from '../../../packages/checks/src/fixtures/make-certificates.ts';
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

/** Sockets, ports and times differ from run to run; what is said does not. */
function settle(text: string): string {
	return text
		.split('\n')
		.filter((line) => /^ {2}(FAIL|\?) /.test(line))
		.map((line) =>
			line
				.replace(/127\.0\.0\.1:\d+/g, 'HOST')
				.replace(/\d+(\.\d+)? m?s/g, 'TIME')
				.trim(),
		)
		.join('\n');
}

async function serveTls({ cert, key }: ServerCertificate): Promise<string> {
	const server = createServer({ cert, key }, serveBakery());
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	bakery = {
		url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	return bakery.url;
}

async function serveAlways(listener: RequestListener): Promise<string> {
	bakery = await startBakery(listener);
	return bakery.url;
}

describe('a service that misbehaves: exact exit code, one cause, no stack', () => {
	const authority = makeAuthority();
	const tell = (address: string, ...words: readonly string[]) =>
		outcome('check', ...words, '--url', address, '--private', '--overall', '2').then(({ code, out }) => `exit ${code}\n${settle(out)}`);

	it('a host that does not resolve', async () => {
		expect(await tell('http://no-such-host.invalid', 'http.health')).toMatchInlineSnapshot(`
			"exit 1
			FAIL  net.dns      The name no-such-host.invalid does not resolve (ENOTFOUND)"
		`);
	});

	it('a port where nothing listens', async () => {
		expect(await tell('http://127.0.0.1:1', 'http.health')).toMatchInlineSnapshot(`
			"exit 1
			FAIL  net.tcp      Nothing listens on HOST (connection refused)"
		`);
	});

	it('a server that hangs', async () => {
		expect(await tell(await serveAlways(() => undefined), 'http.health')).toMatchInlineSnapshot(`
			"exit 1
			FAIL  http.health  No answer from HOST within TIME while waiting"
		`);
	});

	it('a compressed bomb', async () => {
		const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
		const address = await serveAlways((_request, response) =>
			response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end(bomb),
		);
		expect(await tell(address, 'http.health')).toMatchInlineSnapshot(`
			"exit 1
			FAIL  http.health  The body of /api/health unpacks to more than 10 MiB from 64"
		`);
		expect(await tell(address, 'http.page')).toMatchInlineSnapshot(`
			"exit 1
			FAIL  http.page       The body of / unpacks to more than 10 MiB from 64 KiB"
		`);
	});

	it('a body without end', async () => {
		const address = await serveAlways((_request, response) => {
			response.writeHead(200, { 'content-type': 'text/html' });
			const more = (): void => {
				while (!response.destroyed && response.write('x'.repeat(65_536)));
			};
			response.on('drain', more);
			more();
		});
		expect(await tell(address, 'http.page')).toMatchInlineSnapshot(`
			"exit 1
			FAIL  http.page       The body of / is longer than 2 MiB or does not end; it"
		`);
	});

	it('no TLS behind an https URL', async () => {
		const address = await serveAlways(serveBakery());
		expect(await tell(address.replace('http:', 'https:'), 'http.health')).toMatchInlineSnapshot(`
			"exit 1
			FAIL  net.tls      HOST does not speak TLS; it probably serves"
		`);
	});

	it('a certificate signed by itself', async () => {
		expect(await tell(await serveTls(makeSelfSigned(['127.0.0.1'])), 'http.status')).toMatchInlineSnapshot(`
			"exit 1
			FAIL  net.tls         The certificate of HOST is signed by itself,"
		`);
	});

	async function tellTrusted(certificate: ServerCertificate): Promise<string> {
		const address = await serveTls(certificate);
		await writeFile(join(folder, 'ca.pem'), authority.ca);
		await writeFile(
			join(folder, 'holdfast.yaml'),
			`version: 1\nservices: {bakery: {url: "${address}", private: true, ca: {file: ca.pem}}}\n`,
		);
		const { code, out } = await outcome('check', 'http.status', '--overall', '2');
		return `exit ${code}\n${settle(out)}`;
	}

	it('a certificate that has expired', async () => {
		const expired = authority.issue(['127.0.0.1'], { from: daysFromNow(-60), to: daysFromNow(-3) });
		expect((await tellTrusted(expired)).replace(/\d{4}-\d\d-\d\d/g, 'DAY')).toMatchInlineSnapshot(`
			"exit 1
			FAIL  net.tls         The certificate of HOST has expired"
		`);
	});

	it('a certificate for another name', async () => {
		expect(await tellTrusted(authority.issue(['other.example']))).toMatchInlineSnapshot(`
			"exit 1
			FAIL  net.tls         The certificate is for other.example, not for 127.0.0.1"
		`);
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
