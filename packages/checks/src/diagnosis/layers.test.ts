import { describe, expect, it } from 'vitest';
import { checkIds } from '../registry.ts';
import { companions } from './companions.ts';
import { explanations, listExplaining } from './explanations.ts';
import { observe } from './fixtures/build-observation.ts';
import { declaredChecks, findTraits, measureDepth, silencesOthers } from './layers.ts';
import { readings } from './readings.ts';

describe('layers', () => {
	it('orders the checks from the network inwards (G17)', () => {
		const ids = [
			'http.caching',
			'http.page',
			'http.assets',
			'http.status',
			'convex.url',
			'http.redirects',
			'net.tls',
			'net.tcp',
			'net.dns',
		];
		expect(ids.toSorted((a, b) => measureDepth(a) - measureDepth(b))).toEqual(ids.toReversed());
	});

	it('places a check it does not know by its family, else with the server', () => {
		expect(['net.icmp', 'browser.console', 'env.secret', 'constructor'].map((id) => findTraits(id).layer)).toEqual([
			'network',
			'page',
			'configuration',
			'server',
		]);
	});

	it('tells a closed door from a bad answer (G15)', () => {
		expect(silencesOthers(observe('net.tcp', { codes: ['tcp.refused'] }))).toBe(true);
		expect(silencesOthers(observe('http.redirects', { codes: ['redirect.loop'] }))).toBe(true);
		expect(silencesOthers(observe('http.redirects', { codes: ['redirect.off-host'] }))).toBe(false);
		expect(silencesOthers(observe('http.status', { codes: ['status.500'] }))).toBe(false);
		expect(silencesOthers(observe('tls.certificate', { codes: ['tls.expired'] }))).toBe(true);
		expect(silencesOthers(observe('tls.certificate', { codes: ['tls.expires-soon'] }))).toBe(false);
	});

	it('knows the depth of every check of the catalogue, and no table speaks of another', () => {
		expect(declaredChecks.toSorted()).toEqual(checkIds.toSorted());
		const named = [
			...explanations.flatMap((row) => [...listExplaining(row), ...row.of]),
			...companions.flatMap((row) => [...row.of, ...row.adds.map(({ id }) => id)]),
			...readings.flatMap((row) => row.checks),
		];
		expect(named.filter((id) => !declaredChecks.includes(id))).toEqual([]);
	});
});
