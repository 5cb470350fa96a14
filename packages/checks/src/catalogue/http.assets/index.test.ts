import { expect, it } from 'vitest';
import { codesOf, makeService, runCheck, silentVendors } from '../../fixtures/check-service.ts';
import { file, type Handler, redirect, routes, serve } from '../../fixtures/serve.ts';
import { runChecks } from '../../run.ts';

const script = file('text/javascript', 'console.log(1)');
const style = file('text/css', 'p { color: red }');
const html = (head: string) => `<!doctype html><html><head>${head}</head><body><p>Products</p></body></html>`;
const page = html(
	'<link rel="stylesheet" href="/a.css"><script src="/main.js" async></script><script type="module" src="chunk.js"></script><script type="application/ld+json" src="/x.json"></script>',
);

async function look(table: Record<string, string | Handler>) {
	const { url } = await serve(routes({ '/': page, '/a.css': style, '/main.js': script, '/chunk.js': script, ...table }));
	return runCheck('http.assets', makeService(url));
}

it('is well when every file arrives', async () => {
	expect(await look({})).toMatchObject({ state: 'ok', reason: expect.stringMatching(/^All 3 scripts and styles of \/ arrive/) });
});

it.each<[string, Handler, string, string]>([
	['a missing chunk', (_request, response) => void response.writeHead(404).end(), 'assets.missing', 'fail'],
	['an emptied main script', file('text/javascript', ''), 'assets.empty', 'fail'],
	['a script of nothing but white space', file('text/javascript', ' \n'), 'assets.empty', 'fail'],
	['an HTML page in place of a script', file('text/html', '<!doctype html><p>404</p>'), 'assets.type', 'fail'],
	['an HTML page that calls itself a script', file('text/javascript', '<!DOCTYPE html><p>404</p>'), 'assets.type', 'fail'],
	['a script of a type that browsers refuse', file('text/plain', 'let x'), 'assets.type', 'fail'],
	['a server error', (_request, response) => void response.writeHead(500).end(), 'assets.status', 'fail'],
	['a connection that closes', (request) => void request.socket.destroy(), 'assets.broken', 'fail'],
])('%s is a finding', async (_, handler, code, state) => {
	const observation = await look({ '/main.js': handler });
	expect([observation.state, codesOf(observation)]).toEqual([state, [code]]);
	expect(observation.reason).toContain('/main.js');
});

it.each<[string, Handler, RegExp]>([
	['an error page', (_request, response) => void response.writeHead(500, { 'content-type': 'text/html' }).end('<p>No</p>'), /answers 500/],
	['a page that is cut', file('text/html', `<p>${'x'.repeat(3 * 1024 * 1024)}</p>`), /longer than is read/],
])('%s that names no files says nothing about the build', async (_, handler, reason) => {
	expect(await look({ '/': handler })).toMatchObject({ state: 'unknown', reason: expect.stringMatching(reason) });
});

it('an empty style sheet is a warning', async () => {
	expect(await look({ '/a.css': file('text/css', '') })).toMatchObject({ state: 'warn', findings: [{ code: 'assets.empty' }] });
});

it('files for very old browsers are a warning at most', async () => {
	expect((await look({ '/': html('<script nomodule src="/gone.js"></script>') })).state).toBe('warn');
});

it('reads a large script whole, and does not vouch for the end of a larger one', async () => {
	const large = file('text/javascript', 'x'.repeat(5 * 1024 * 1024));
	expect(await look({ '/main.js': large })).toMatchObject({ state: 'ok', reason: expect.stringContaining('5 MiB') });
	const larger = file('text/javascript', 'x'.repeat(9 * 1024 * 1024));
	expect(await look({ '/main.js': larger })).toMatchObject({
		state: 'unknown',
		reason: expect.stringMatching(/^\/main\.js is longer than this check reads.* after 8 MiB$/),
	});
});

it('is no echo of another page that answers an error', async () => {
	const { url } = await serve(
		routes({
			'/': html('<script src="/main.js"></script>'),
			'/main.js': file('text/javascript', ''),
			'/500': (_request, response) => void response.writeHead(500).end(),
		}),
	);
	const observations = await runChecks({
		service: makeService(url, { routes: [{ path: '/500' }] }),
		requests: ['http.assets', 'http.status'].map((id) => ({ id, params: {} })),
		vendors: silentVendors,
	});
	const failing = observations.filter(({ state, echoOf }) => state === 'fail' && echoOf === null);
	expect(failing.map(({ key, subject }) => `${key} ${new URL(subject).pathname}`)).toEqual(['http.status /500', 'http.assets /']);
});

it('looks at a page of very many scripts in part, and quickly', async () => {
	const many = Array.from({ length: 20_000 }, (_, index) => `<script src="https://cdn.example/${index}.js"></script>`).join('');
	const observation = await look({ '/': html(`<script src="/main.js"></script>${many}`) });
	expect(observation.reason).toMatch(/1999 on other hosts not looked at; 18001 more not looked at/);
});

it('honours the base of the page and the redirects before it', async () => {
	const { url } = await serve(
		routes({ '/': redirect('/shop/'), '/shop/': html('<base href="/files/"><script src="m.js"></script>'), '/files/m.js': script }),
	);
	expect((await runCheck('http.assets', makeService(url))).state).toBe('ok');
});

it('does not fetch from other hosts unless they are allowed', async () => {
	const cdn = await serve(routes({ '/lib.js': file('text/javascript', '') }), { host: 'localhost' });
	const { url } = await serve(routes({ '/': html(`<script src="${cdn.url}/lib.js"></script>`) }));
	expect(await runCheck('http.assets', makeService(url))).toMatchObject({ state: 'unknown', enable: 'add localhost to allowHosts' });
	expect(cdn.asked).toEqual([]);
	expect(codesOf(await runCheck('http.assets', makeService(url, { allowHosts: ['localhost'] })))).toEqual(['assets.empty']);
});

it('cannot tell without a page', async () => {
	const { url } = await serve(redirect('/'));
	expect((await runCheck('http.assets', makeService(url))).state).toBe('unknown');
});
