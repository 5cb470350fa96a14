import { ConvexHttpClient } from 'convex/browser';
import { makeFunctionReference } from 'convex/server';
import { ConvexError } from 'convex/values';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { describeOwn, openTrial, type Trial } from './fixtures/open-trial.ts';

const list = makeFunctionReference<'query', { room: string }, { text: string }[]>('messages:list');
const send = makeFunctionReference<'mutation', { room: string; text: string }, string>('messages:send');
const refuse = makeFunctionReference<'mutation', { plain: boolean }>('messages:refuse');
const whoAmI = makeFunctionReference<'query', Record<string, never>, string | null>('messages:whoAmI');
const increments = makeFunctionReference<'action', { name: string; times: number }, number>('relay:increments');
const room = `r${Date.now()}`;
let trial: Trial;

beforeAll(async () => {
	trial = await openTrial();
}, 60_000);
afterAll(() => trial.close());

describe('the official client', () => {
	it('mutates and queries over HTTP', async () => {
		const http = trial.http();
		await http.mutation(send, { room, text: 'one' });
		expect((await http.query(list, { room })).map(({ text }) => text)).toEqual(['one']);
	});

	it('runs an action, whose calls are seen at once', async () => {
		expect(await trial.http().action(increments, { name: `action-${room}`, times: 3 })).toBe(3);
	});

	it('gets the data of a ConvexError', async () => {
		const error = await trial
			.http()
			.mutation(refuse, { plain: false })
			.catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(ConvexError);
		expect((error as ConvexError<{ code: string }>).data).toEqual({ code: 'no' });
	});

	it('shows a mutation of one client to another that subscribes', async () => {
		const [left, right] = [trial.live(), trial.live()];
		const seen: string[][] = [];
		const arrived = new Promise<void>((done) => {
			right.onUpdate(list, { room: `${room}-live` }, (rows) => {
				seen.push(rows.map(({ text }) => text));
				if (rows.length === 1) done();
			});
		});
		await left.mutation(send, { room: `${room}-live`, text: 'hello' });
		await arrived;
		expect(seen.at(-1)).toEqual(['hello']);
	});

	it('has its own write in what it sees when a mutation resolves', async () => {
		const client = trial.live();
		const rows: string[] = [];
		const stop = client.onUpdate(list, { room: `${room}-own` }, (found) => {
			rows.splice(0, rows.length, ...found.map(({ text }) => text));
		});
		for (const text of ['a', 'b', 'c']) {
			await client.mutation(send, { room: `${room}-own`, text });
			expect(rows.at(-1)).toBe(text);
		}
		stop();
	});

	it('is not disturbed by an action that takes long', async () => {
		const client = trial.live();
		const rest = makeFunctionReference<'action', { milliseconds: number }>('relay:rest');
		const order: string[] = [];
		await Promise.all([
			client.action(rest, { milliseconds: 2000 }).then(() => order.push('action')),
			client.mutation(send, { room: `${room}-beside`, text: 'x' }).then(() => order.push('mutation')),
		]);
		expect(order).toEqual(['mutation', 'action']);
	});
});

describe('an error of a function', () => {
	it.each([
		['messages:nowhere', {}],
		['counters:incrementInside', { name: 'x' }],
		['messages:list', {}],
	])('%s %j is an answer with status 200 and the number of the request', async (path, args) => {
		const { status, body } = await trial.call(path === 'messages:list' ? 'query' : 'mutation', { path, args, format: 'json' });
		expect([status, body.status]).toEqual([200, 'error']);
		expect(body.errorMessage).toMatch(/^\[Request ID: \w+\] Server Error/);
	});
});

describeOwn('to production', 'another deployment may show its errors', () => {
	it('belongs that no words of an error go out', async () => {
		await expect(trial.http().mutation(refuse, { plain: true })).rejects.toThrow(/^\[Request ID: \w+\] Server Error$/);
	});

	it('belongs that the log has them', async () => {
		expect((await trial.log('messages:refuse')).at(-1)?.error).toBe('Uncaught Error: the inner words');
	});
});

describeOwn('who calls', 'changes the keys that the deployment trusts', () => {
	it('is nobody by saying so', async () => {
		const { ts } = (await trial.call('query_ts', {})).body;
		const { body } = await trial.call('query_at_ts', {
			path: 'messages:whoAmI',
			args: {},
			ts,
			admin: true,
			identity: { subject: 'somebody', issuer: 'x', tokenIdentifier: 'x|somebody' },
		});
		expect(body).toMatchObject({ status: 'success', value: null });
	});

	it('is the user that an administrator acts as', async () => {
		const attributes = Buffer.from(JSON.stringify({ subject: 'ada', issuer: 'https://issuer.example' })).toString('base64');
		const body = { path: 'messages:whoAmI', args: {} };
		const asAda = (key: string) => trial.call('query', body, { authorization: `Convex ${key}:${attributes}` });
		expect((await asAda(trial.adminKey)).body).toMatchObject({ value: 'ada' });
		expect(await asAda('conformance|wrong')).toMatchObject({ status: 401, body: { code: 'BadAdminKey' } });
	});

	it('is refused with a wrong admin key', async () => {
		const answer = await trial.call('query', {}, { authorization: 'Convex wrong' });
		expect(answer).toMatchObject({ status: 401, body: { code: 'BadAdminKey' } });
	});

	it('is told by a token that a provider vouches for, and by no other', async () => {
		const { publicKey, privateKey } = await generateKeyPair('ES256');
		const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] };
		const changes = [
			{ name: 'ISSUER', value: 'https://issuer.example' },
			{ name: 'JWKS', value: `data:application/json,${encodeURIComponent(JSON.stringify(jwks))}` },
		];
		expect((await trial.admin('/api/update_environment_variables', { changes })).status).toBe(200);
		const sign = (aud: string, kid: string, expires = '1h') =>
			new SignJWT()
				.setProtectedHeader({ alg: 'ES256', kid, typ: 'JWT' })
				.setSubject('ada')
				.setIssuer('https://issuer.example')
				.setAudience(aud)
				.setIssuedAt()
				.setExpirationTime(expires)
				.sign(privateKey);
		const http = new ConvexHttpClient(trial.url);
		http.setAuth(await sign('fixture', 'k1'));
		expect(await http.query(whoAmI, {})).toBe('ada');
		http.setAuth(await sign('other', 'k1'));
		await expect(http.query(whoAmI, {})).rejects.toThrow('NoAuthProvider');
		http.setAuth(await sign('fixture', 'k2'));
		await expect(http.query(whoAmI, {})).rejects.toThrow('InvalidAuthHeader');
		http.setAuth(await sign('fixture', 'k1', '1 minute ago'));
		await expect(http.query(whoAmI, {})).rejects.toThrow('Unauthenticated');
		http.clearAuth();
		expect(await http.query(whoAmI, {})).toBeNull();
		const live = trial.live();
		const token = await sign('fixture', 'k1');
		const who = new Promise((done) => {
			live.setAuth(async () => token);
			live.onUpdate(whoAmI, {}, (name) => name !== null && done(name));
		});
		expect(await who).toBe('ada');
	});
});

describeOwn('a client that sends', 'sends nonsense', () => {
	const connect = async () => {
		const socket = new WebSocket(`${trial.url.replace('http', 'ws')}/api/1.48.0/sync`);
		await new Promise((done) => socket.once('open', done));
		return {
			socket,
			frame: new Promise((done) => socket.once('message', (data) => done(JSON.parse((data as Buffer).toString('utf8'))))),
			closed: new Promise((done) => socket.once('close', (code) => done(code))),
		};
	};

	it.each([
		['nonsense', 'nonsense'],
		['a query set of another version', JSON.stringify({ type: 'ModifyQuerySet', baseVersion: 7, newVersion: 8, modifications: [] })],
	])('%s is told and disconnected, and the others are served', async (_what, text) => {
		const { socket, frame, closed } = await connect();
		socket.send(text);
		expect(await frame).toMatchObject({ type: 'FatalError' });
		expect(await closed).toBe(1005);
		expect((await fetch(`${trial.url}/version`)).status).toBe(200);
	});
});
