import { expect, it } from 'vitest';
import { makeService, runCheck, silentVendors } from '../../fixtures/check-service.ts';
import type { LockedPackage, PackageReleases, VendorPorts } from '../../vendors.ts';

const service = makeService('http://127.0.0.1:9', { checkout: '/srv/shop' });
const locked = (name: string, version: string, more: Partial<LockedPackage> = {}): LockedPackage => ({
	name,
	version,
	use: 'production',
	direct: true,
	...more,
});
const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

function look(
	packages: readonly LockedPackage[],
	latest: Readonly<Record<string, string>>,
	deprecated: PackageReleases['deprecated'] = {},
) {
	const asked: string[] = [];
	const vendors: VendorPorts = {
		...silentVendors,
		packages: {
			...silentVendors.packages,
			readLockfile: async () => ({ kind: 'answer', value: { file: 'package-lock.json', packages, elsewhere: 0 } }),
			readReleases: async (name) => {
				asked.push(name);
				const newest = latest[name];
				if (newest === '') return { kind: 'no-answer', code: 'network', reason: 'The registry cannot be reached' };
				return { kind: 'answer', value: newest === undefined ? null : { name, latest: newest, deprecated } };
			},
			readPublished: async () => ({ kind: 'answer', value: ago(700) }),
		},
	};
	return { asked, observation: runCheck('deps.outdated', service, {}, { vendors }) };
}

it('notes one major release and tells the age, and looks at the application’s own dependencies only', async () => {
	const { asked, observation } = look([locked('web', '1.0.0'), locked('form', '2.1.0'), locked('deep', '1.0.0', { direct: false })], {
		web: '2.0.0',
		form: '2.4.0',
	});
	expect(await observation).toMatchObject({
		state: 'ok',
		reason: 'Of 2 dependencies 1 lie a major and 1 a minor release behind',
		findings: [
			{ code: 'deps.outdated', severity: 'info', message: 'web 1.0.0 is 1 major release behind 2.0.0, published 700 days ago' },
			{ severity: 'info' },
		],
	});
	expect(asked).toEqual(['web', 'form']);
});

it('warns of two major releases and of a withdrawn version, and never fails', async () => {
	expect(await look([locked('web', '1.0.0')], { web: '9.0.0' }).observation).toMatchObject({ state: 'warn' });
	expect(await look([locked('web', '1.0.0')], { web: '1.0.0' }, { '1.0.0': 'use web2' }).observation).toMatchObject({
		state: 'warn',
		reason: expect.stringContaining('withdrawn by its publisher, published 700 days ago: use web2'),
	});
});

it('does not know when the registry is silent, and says of how many it knows nothing', async () => {
	expect((await look([locked('web', '1.0.0')], { web: '' }).observation).state).toBe('unknown');
	expect((await look([locked('own', '1.0.0')], {}).observation).state).toBe('unknown');
	expect(await look([locked('web', '1.0.0'), locked('own', '1.0.0')], { web: '1.0.0' }).observation).toMatchObject({
		state: 'ok',
		reason: 'Of 1 dependency 0 lie a major and 0 a minor release behind; of 1 more nothing is known',
	});
});
