import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { file, routes, serve } from '../../fixtures/serve.ts';
import { errorPages, findErrorPage } from '../../page/error-pages.ts';
import { readHtml } from '../../page/read-html.ts';

const page = (body: string, title = 'Shop') => `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`;
const look = async (answer: Parameters<typeof routes>[0][string], params = {}) => {
	const { url } = await serve(routes({ '/': answer }));
	return runCheck('http.page', makeService(url), params);
};

it('is well with visible text', async () => {
	expect(await look(page('<h1>Products</h1>'))).toMatchObject({ state: 'ok', reason: '/ answers 200 with 8 characters of text' });
});

describe('fails for', () => {
	it.each([
		['an empty body', file('text/html', ''), 'page.empty'],
		['a page without text or scripts', page('<div id="root"></div>'), 'page.blank'],
		['text that only templates and comments hold', page('<!-- hi --><template>hi</template><style>p{}</style>'), 'page.blank'],
		['something that is no page', file('application/json', '{"a":1}'), 'page.not-html'],
		[
			'an error page that answers 200',
			page('<h2>Application error: a client-side exception has occurred (see the browser console)</h2>'),
			'page.error-page',
		],
		[
			'a proxy’s error page',
			file(
				'text/html',
				'<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
			),
			'page.error-page',
		],
	])('%s', async (_, answer, code) => {
		const observation = await look(answer);
		expect(observation.state).toBe('fail');
		expect(codesOf(observation)).toContain(code);
	});

	it('text that is not there', async () => {
		expect(await look(page('<h1>Products</h1>'), { text: 'Orders' })).toMatchObject({ state: 'fail', reason: '/ does not show “Orders”' });
		expect((await look(page('<h1>Our\n  PRODUCTS</h1>'), { text: 'our products' })).state).toBe('ok');
	});
});

it('leaves a page that its scripts fill open, as a warning', async () => {
	expect(await look(page('<div id="root"></div><script src="/app.js"></script>'))).toMatchObject({
		state: 'warn',
		findings: [{ code: 'page.needs-scripts' }],
	});
});

it('looks at configured routes with their text', async () => {
	const { url } = await serve(routes({ '/': page('Welcome'), '/products': page('Nothing here') }));
	const observation = await runCheck('http.page', makeService(url, { routes: [{ path: '/products', text: 'Lamp' }] }));
	expect(observation).toMatchObject({ state: 'fail', reason: '/products does not show “Lamp”' });
});

describe('a list of a route', () => {
	const list = async (body: string, wanted: number) => {
		const { url } = await serve(routes({ '/': page(`<nav><ul><li>Home</li><li>Products</li></ul></nav>${body}`) }));
		return runCheck('http.page', makeService(url, { routes: [{ path: '/', list: wanted }] }));
	};

	it('is long enough', async () => {
		expect(await list('<table><tbody><tr><td>a<tr><td>b<tr><td>c</tbody></table>', 3)).toMatchObject({
			state: 'ok',
			reason: expect.stringMatching(/ and 3 items$/),
		});
	});

	it('is too short, and other lists do not add to it', async () => {
		const observation = await list('<ol><li>Lamp</li></ol>', 3);
		expect(observation).toMatchObject({
			state: 'fail',
			reason: '/ lists 1 item; the configuration asks for at least 3',
			findings: [{ code: 'page.list-short' }],
		});
	});
});

it('is no echo of a route that fails while another page is blank', async () => {
	const { url } = await serve(
		routes({ '/': page(''), '/500': (_request, response) => void response.writeHead(500, { 'content-type': 'text/html' }).end(page('x')) }),
	);
	const observation = await runCheck('http.page', makeService(url, { routes: [{ path: '/500' }] }));
	expect(observation).toMatchObject({ state: 'fail', echoOf: null });
	expect(observation.findings.map(({ code, at }) => `${at} ${code}`)).toEqual(['/ page.blank', '/500 page.status']);
});

it('is an echo where the page answers an error', async () => {
	const { url } = await serve(
		(_request, response) => void response.writeHead(500, { 'content-type': 'text/html' }).end(page('Internal Server Error')),
	);
	expect(await runCheck('http.page', makeService(url))).toMatchObject({ state: 'fail', echoOf: 'http.status' });
});

describe('known error pages', () => {
	const samples: Record<string, string> = {
		'next-client': 'Application error: a client-side exception has occurred while loading shop.example',
		'next-server': 'Application error: a server-side exception has occurred',
		'next-404': '404 This page could not be found.',
		heroku: 'Application error An error occurred in the application and your page could not be served.',
		'heroku-none': "There's nothing here, yet.",
		vercel: '500: INTERNAL_SERVER_ERROR Code: FUNCTION_INVOCATION_FAILED',
		cloudflare: 'Error 521 Web server is down',
		netlify: "Page not found Looks like you've followed a broken link",
		render: 'This service has been suspended by its owner.',
		welcome: 'Welcome to nginx! If you see this page',
		gateway: '504 Gateway Time-out',
		'server-error': 'Internal Server Error',
	};
	it('each has a sample', () => expect(Object.keys(samples)).toEqual(errorPages.map(({ id }) => id)));
	it.each(Object.entries(samples))('%s', (id, text) => expect(findErrorPage(readHtml(page(text, ''), 'http://x/'), 502)?.id).toBe(id));
	it('are no pages that merely speak of errors', () => {
		expect(
			findErrorPage(readHtml(page(`How we fixed our Internal Server Error. ${'A long story. '.repeat(120)}`), 'http://x/'), 500),
		).toBeNull();
		expect(
			findErrorPage(readHtml(page('Products <script>self.x="This page could not be found. 404"</script>'), 'http://x/'), 200),
		).toBeNull();
	});
	it.each([
		['Internal Server Error', '', 'server-error'],
		['502 Bad Gateway nginx/1.25.3', '502 Bad Gateway', 'gateway'],
		['This page could not be found.', '404: This page could not be found.', 'next-404'],
		['News: we no longer show a Bad Gateway page when we deploy.', 'News', null],
		['A service suspended? Learn how Service Suspended notices work.', 'Help', null],
		[`Bad Gateway is what proxies say. ${'More about it. '.repeat(20)}`, 'Glossary', null],
	])('“%s” answered with 200 is %s', (text, title, id) => {
		expect(findErrorPage(readHtml(page(text, title), 'http://x/'), 200)?.id ?? null).toBe(id);
	});
});
