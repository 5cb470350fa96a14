import { describe, expect, it } from 'vitest';
import { findRoots } from './find-roots.ts';
import { observe } from './fixtures/build-observation.ts';

describe('findRoots (G8 to G10)', () => {
	it('climbs through echoes and explanations to the deepest failure', () => {
		const dns = observe('net.dns', { codes: ['dns.missing'], subject: 'shop.example' });
		const tcp = observe('net.tcp', { codes: ['tcp.no-address'], subject: 'shop.example:443' });
		const page = observe('http.page', { codes: ['page.blank'], echoOf: 'net.tcp' });
		const faults = findRoots([page, tcp, dns]);
		expect(faults.roots.map((root) => root.key)).toEqual(['net.dns']);
		expect(faults.rootOf(page).key).toBe('net.dns');
		expect([dns, tcp, page].map(faults.stands)).toEqual([true, false, false]);
	});

	it('does not follow echoes in a circle', () => {
		const faults = findRoots([observe('a.one', { codes: ['x'], echoOf: 'b.two' }), observe('b.two', { codes: ['y'], echoOf: 'a.one' })]);
		expect(faults.roots.map((root) => root.key)).toEqual(['a.one', 'b.two']);
	});

	it('does not take an answer that is well for the source of an echo', () => {
		const echo = observe('http.page', { codes: ['page.blank'], echoOf: 'net.tcp' });
		const faults = findRoots([observe('net.tcp'), echo]);
		expect(faults.roots).toEqual([echo]);
		expect(faults.stands(echo)).toBe(false);
	});

	it('keeps the same failure at two hosts apart', () => {
		const hosts = ['a.example:443', 'b.example:443'].map((subject) =>
			observe('net.tcp', { params: { host: subject }, codes: ['tcp.refused'], subject }),
		);
		expect(findRoots(hosts).roots).toHaveLength(2);
	});

	it('takes requests that hang alike for one fault, whichever check made them', () => {
		const hanging = ['http.status', 'http.latency', 'http.health'].map((id) =>
			observe(id, { codes: [id === 'http.latency' ? 'latency.hang.first-byte' : 'net.timeout.first-byte'] }),
		);
		const faults = findRoots(hanging);
		expect(faults.roots.map((root) => root.check)).toEqual(['http.status']);
		expect(hanging.map(faults.stands)).toEqual([true, true, true]);
	});
});
