import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeOwn, openTrial, type Trial } from '../../fixtures/open-trial.ts';

const room = `wire-${Date.now()}`;
const list = { path: 'messages:list', args: { room } };
let trial: Trial;

beforeAll(async () => {
	trial = await openTrial();
	await trial.call('mutation', { path: 'messages:send', args: { room, text: 'one' } });
}, 60_000);
afterAll(() => trial.close());

describe('a query is called', () => {
	it.each([
		['with an object', { ...list }],
		['with an array of one object', { ...list, args: [list.args] }],
		['by its file', { ...list, path: 'messages.js:list' }],
	])('%s', async (_how, body) => {
		expect((await trial.call('query', body)).body).toMatchObject({ status: 'success', value: [{ text: 'one' }] });
	});

	it('by an address', async () => {
		const query = new URLSearchParams({ path: list.path, args: JSON.stringify(list.args), format: 'json' });
		expect(await (await fetch(`${trial.url}/api/query?${query}`)).json()).toMatchObject({ status: 'success', value: [{ text: 'one' }] });
	});

	it('by its place in an address', async () => {
		expect((await trial.call('run/messages/list', { args: list.args })).body).toMatchObject({
			status: 'success',
			value: [{ text: 'one' }],
		});
		expect(await trial.call('run/messages', { args: {} })).toMatchObject({ status: 400, body: { code: 'MissingIdentifier' } });
	});

	it('together with others', async () => {
		const { body } = await trial.call('query_batch', { queries: [list, { path: 'messages:nowhere', args: {} }] });
		expect(body.results).toMatchObject([{ status: 'success' }, { status: 'error' }]);
	});

	it('as of a time that was asked for', async () => {
		const { ts } = (await trial.call('query_ts', {})).body;
		expect((await trial.call('query_at_ts', { ...list, ts })).body).toMatchObject({ status: 'success' });
	});
});

describe('a value', () => {
	it('is encoded, or plain where JSON is asked for', async () => {
		const call = async (format: string) => (await trial.call('query', { path: 'limits:values', args: {}, format })).body.value;
		expect(await call('convex_encoded_json')).toEqual({
			whole: { $integer: 'BQAAAAAAAAA=' },
			floating: 0.5,
			nothing: null,
			endless: { $float: 'AAAAAAAA8H8=' },
			bytes: { $bytes: 'AQI=' },
		});
		expect(await call('json')).toMatchObject({ whole: '5', floating: 0.5, nothing: null, bytes: 'AQI=' });
	});
});

describeOwn('the number of a request', 'another deployment may show its errors', () => {
	it('is the one that the caller gave it, in the answer and in the log', async () => {
		const { body } = await trial.call('mutation', { path: 'messages:refuse', args: { plain: true } }, { 'convex-request-id': 'trial0815' });
		expect(body.errorMessage).toBe('[Request ID: trial0815] Server Error');
		expect((await trial.log('messages:refuse')).at(-1)?.requestId).toBe('trial0815');
	});
});

describeOwn('a call that is none', 'compares codes that are its own', () => {
	it.each([
		['is no JSON', 'query', '{', 400, 'BadJsonBody'],
		['names no function', 'query', '{}', 400, 'BadJsonBody'],
		['wants a format that nobody writes', 'query', '{"path":"messages:list","format":"xml"}', 400, 'BadFormat'],
		['has a token that is none', 'query', '{"path":"messages:list"}', 401, 'InvalidAuthHeader'],
	])('%s', async (what, kind, body, status, code) => {
		const headers = what.includes('token') ? { authorization: 'Bearer garbage' } : {};
		const answer = await fetch(`${trial.url}/api/${kind}`, {
			method: 'POST',
			body,
			headers: { 'content-type': 'application/json', ...headers },
		});
		expect([answer.status, (await answer.json()).code]).toEqual([status, code]);
	});

	it('is larger than 16 MiB', async () => {
		const answer = await trial
			.call('query', { path: 'messages:list', args: { room: 'x'.repeat(17 * 1024 * 1024) } })
			.catch(() => ({ status: 413, body: { code: 'RequestTooLarge' } }));
		expect(answer).toMatchObject({ status: 413, body: { code: 'RequestTooLarge' } });
	});
});

describe('an HTTP action', () => {
	it('answers, is missing, or fails with 500', async () => {
		const ask = async (path: string) => {
			const answer = await fetch(trial.siteUrl + path);
			return [answer.status, await answer.text()];
		};
		expect(await ask('/hello')).toEqual([200, 'hello']);
		expect(await ask('/nowhere')).toEqual([404, 'No matching routes found']);
		expect(await ask('/throw')).toEqual([500, expect.stringMatching(/"code":"\[Request ID: \w+\] Server Error/)]);
	});
});

describeOwn('an HTTP action on the port of functions', 'the cloud has another port for them', () => {
	it('is below /http, and in the log with its status', async () => {
		expect(await (await fetch(`${trial.url}/http/hello`)).text()).toBe('hello');
		expect((await trial.log('GET /hello')).at(-1)).toMatchObject({ udfType: 'HttpAction', success: { status: '200' }, error: null });
		expect((await trial.log('GET /throw')).at(-1)?.error).toBe('Uncaught Error: the words of the route');
	});
});
