import { expect, it } from 'vitest';
import { readVercelLines } from './read-vercel-lines.ts';

const NOW = 1_795_855_210_000;
const read = (value: string) => readVercelLines(Buffer.from(value), { receivedAt: NOW });

const line = {
	id: '1573817187330377061717300000',
	deploymentId: 'dpl_233NRGRjVZX1caZrXWtz5g1TAksD',
	source: 'lambda',
	host: 'shop.vercel.app',
	timestamp: NOW - 500,
	projectId: 'gdufoJxB6b9b1fEqr1jUtFkyavUU',
	level: 'error',
	message: 'password=hunter22 was wrong',
	requestId: '643af4e3-975a-4cc7-9e7a-1eda11539d90',
	statusCode: 500,
	path: '/api/orders',
	type: 'stderr',
	environment: 'production',
	traceId: '1b02cd14bb8642fd092bc23f54c7ffcd',
	proxy: {
		timestamp: NOW - 600,
		method: 'GET',
		host: 'shop.vercel.app',
		path: '/api/orders?token=x',
		userAgent: ['Mozilla'],
		clientIp: '203.0.113.9',
		statusCode: 500,
		vercelId: 'sfo1::abc',
	},
};

it('reads a line as the reference describes it, without who visited', () => {
	const reading = read(JSON.stringify([line]));
	expect(reading).toMatchObject({
		ok: true,
		malformedCount: 0,
		lines: [
			{
				id: line.id,
				at: NOW - 500,
				level: 'error',
				message: 'password=[scrubbed] was wrong',
				source: 'lambda',
				requestId: line.requestId,
				traceId: line.traceId,
				method: 'GET',
				path: '/api/orders',
				status: 500,
				host: 'shop.vercel.app',
				environment: 'production',
				deploymentId: line.deploymentId,
			},
		],
	});
	expect(JSON.stringify(reading)).not.toMatch(/203\.0|Mozilla|token/);
});

it('reads lines of JSON, and says what a request was where there is no message', () => {
	const request = { ...line, message: undefined, level: 'info', id: 'b', statusCode: 404 };
	expect(read(`${JSON.stringify(line)}\n${JSON.stringify(request)}\n`)).toMatchObject({
		lines: [{ id: line.id }, { id: 'b', message: 'GET /api/orders 404', status: 404 }],
	});
});

it('takes -1 for a function that ended without an answer', () => {
	expect(read(JSON.stringify([{ ...line, statusCode: -1, proxy: undefined }]))).toMatchObject({
		lines: [{ level: 'fatal', status: null }],
	});
});

it('counts what is none, and refuses what has none at all', () => {
	expect(read(JSON.stringify([line, { id: 'x' }, 4]))).toMatchObject({ ok: true, malformedCount: 2 });
	expect(read('[{"hello":1}]')).toMatchObject({ ok: false });
	expect(read('')).toMatchObject({ ok: false });
});
