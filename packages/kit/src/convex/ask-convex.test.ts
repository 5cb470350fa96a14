import { expect, it, vi } from 'vitest';
import { watchConvex } from './watch-convex.ts';

const url = 'https://a-b-1.convex.cloud';

async function reportOf(status: number, body: unknown) {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const fetch = vi.fn(async (to: unknown) => (String(to).endsWith('/version') ? new Response('1') : new Response(text, { status })));
	return watchConvex({ url, query: 'health:ping', fetch }).report();
}

it.each([
	[200, { status: 'success', value: 'ok' }, 'ok', null],
	[200, { status: 'error', errorMessage: 'secret' }, 'fail', 'function-error'],
	[560, { status: 'error', errorMessage: '[Request ID: ab12] Server Error' }, 'fail', 'function-error'],
	[429, '', 'fail', 'rate-limited'],
	[503, '', 'fail', 'server-error'],
	[403, { code: 'DeploymentPaused', message: 'x' }, 'fail', 'server-error'],
	[200, '<html>', 'fail', 'not-convex'],
])('judges the query answered %s %j', async (answer, body, status, code) =>
	expect(await reportOf(answer, body)).toMatchObject({ status, code }),
);

it('names the request and quotes nothing else', async () => {
	const failed = await reportOf(560, { status: 'error', errorMessage: '[Request ID: ab12] Uncaught Error: token=hunter2' });
	expect(failed.message).toBe('The query health:ping fails (request ab12).');
});

it('refuses a query that is none', () => expect(() => watchConvex({ url, query: 'ping' })).toThrow(TypeError));
