import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { waitForCondition } from '../../scripts/steps/shop-condition.mjs';

const patience = { unwellForMs: 100, silentForMs: 100, toldWithinMs: 300 };
const signal = new AbortController().signal;
const alive = () => '';

async function serve(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('is well as soon as health says 200', async () => {
	const url = await serve((request, response) => response.writeHead(request.url === '/api/health' ? 200 : 404).end());
	expect(await waitForCondition({ url: () => url, end: alive, signal, patience })).toMatchObject({ state: 'well' });
});

it('waits a moment for a shop that has not reached its data yet', async () => {
	let asked = 0;
	const url = await serve((_request, response) => response.writeHead(asked++ === 0 ? 503 : 200).end());
	expect(await waitForCondition({ url: () => url, end: alive, signal, patience: { ...patience, unwellForMs: 5000 } })).toMatchObject({
		state: 'well',
	});
});

it.each([503, 500, 308])('is unwell when health goes on to say %i', async (status) => {
	const url = await serve((_request, response) => response.writeHead(status, { location: 'https://127.0.0.1/' }).end());
	expect(await waitForCondition({ url: () => url, end: alive, signal, patience })).toEqual({
		state: 'unwell',
		sentence: `The shop answers and is not well: ${url}/api/health says ${status}.`,
	});
});

it('is silent when nothing answers at the address that was told', async () => {
	expect(await waitForCondition({ url: () => 'http://127.0.0.1:9', end: alive, signal, patience })).toMatchObject({
		state: 'silent',
		sentence: expect.stringContaining('nothing answers at http://127.0.0.1:9'),
	});
	const hung = await serve(() => undefined);
	expect(await waitForCondition({ url: () => hung, end: alive, signal, patience })).toMatchObject({
		state: 'silent',
		sentence: expect.stringContaining('no answer within 2 s'),
	});
});

it('tells a process that ended from one that does not listen yet', async () => {
	expect(await waitForCondition({ url: () => undefined, end: alive, signal, patience })).toMatchObject({ state: 'not-listening' });
	let end = '';
	setTimeout(() => {
		end = 'The shop ended (code 2).';
	}, 50);
	expect(await waitForCondition({ url: () => undefined, end: () => end, signal, patience })).toEqual({ state: 'ended', sentence: end });
});

it('gives up when it is asked to', async () => {
	expect(await waitForCondition({ url: () => undefined, end: alive, signal: AbortSignal.abort() })).toMatchObject({ state: 'aborted' });
});
