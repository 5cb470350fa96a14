import { describe, expect, it } from 'vitest';
import { observe } from './fixtures/build-observation.ts';
import { isSameHost, placeOf } from './place-of.ts';

describe('placeOf', () => {
	it.each([
		['https://Shop.example:8443/a/b?x=1#y', 'shop.example', '8443', '/a/b'],
		['https://shop.example/', 'shop.example', '443', '/'],
		['shop.example:443', 'shop.example', '443', '/'],
		['shop.example', 'shop.example', null, '/'],
		['http://[::1]:3000/', '[::1]', '3000', '/'],
		['[::1]:3000', '[::1]', '3000', '/'],
		['127.0.0.1:5999', '127.0.0.1', '5999', '/'],
		['', '', null, '/'],
		['http://', '', null, '/'],
		['some words', '', null, '/'],
	])('reads “%s”', (subject, host, port, path) => {
		expect(placeOf(observe('x', { subject }))).toEqual({ host, port, path });
	});

	it('takes two ports of one machine for two places, and a bare name for both', () => {
		const [app, convex, name] = ['http://127.0.0.1:3000/', '127.0.0.1:3210', '127.0.0.1'].map((subject) =>
			placeOf(observe('x', { subject })),
		);
		if (app === undefined || convex === undefined || name === undefined) throw new Error('expected three places');
		expect([isSameHost(app, convex), isSameHost(app, name), isSameHost(name, convex)]).toEqual([false, true, true]);
	});
});
