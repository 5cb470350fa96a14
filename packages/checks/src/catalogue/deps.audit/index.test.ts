import { expect, it } from 'vitest';
import { codesOf, makeService, runCheck, silentVendors } from '../../fixtures/check-service.ts';
import type { LockedPackage, PackageAdvisory, VendorPorts } from '../../vendors.ts';

const service = makeService('http://127.0.0.1:9', { checkout: '/srv/shop' });
const locked = (name: string, version: string, more: Partial<LockedPackage> = {}): LockedPackage => ({
	name,
	version,
	use: 'production',
	direct: true,
	...more,
});
const advisory = (name: string, severity: PackageAdvisory['severity'], vulnerable = '<2.0.0'): PackageAdvisory => ({
	name,
	title: `Prototype pollution in ${name}`,
	url: null,
	severity,
	vulnerable,
});
const withPackages = (packages: readonly LockedPackage[], advisories: readonly PackageAdvisory[] | null): VendorPorts => ({
	...silentVendors,
	packages: {
		...silentVendors.packages,
		readLockfile: async () => ({ kind: 'answer', value: { file: 'package-lock.json', packages, elsewhere: 0 } }),
		...(advisories === null ? {} : { readAdvisories: async () => ({ kind: 'answer', value: advisories }) }),
	},
});
const look = (packages: readonly LockedPackage[], advisories: readonly PackageAdvisory[] | null, params = {}) =>
	runCheck('deps.audit', service, params, { vendors: withPackages(packages, advisories) });

it('is well when the advisories are about other versions', async () => {
	const observation = await look(
		[locked('web', '2.0.0'), locked('linter', '1.0.0', { use: 'development' })],
		[advisory('web', 'critical')],
	);
	expect(observation).toMatchObject({
		state: 'ok',
		reason: 'No vulnerability is known of 1 package that the application runs with and 1 that development needs (package-lock.json)',
		measurements: expect.arrayContaining([{ name: 'vulnerabilities', value: 0, unit: 'count' }]),
	});
});

it('fails from high on in what the application runs with, and says package, version, title and fixed version', async () => {
	const observation = await look(
		[locked('web', '1.9.9'), locked('form', '1.0.0')],
		[advisory('web', 'high'), advisory('form', 'moderate')],
	);
	expect(observation).toMatchObject({ state: 'fail', findings: [{ severity: 'fail' }, { severity: 'warn' }] });
	expect(observation.reason).toContain('web 1.9.9: Prototype pollution in web (high, fixed in 2.0.0)');
	expect(observation.findings[0]?.fix).toBe('npm install web@2.0.0');
	expect(codesOf(observation)).toEqual(['deps.vulnerable', 'deps.vulnerable']);
});

it('warns at most of what only development needs, and notes what is low', async () => {
	const tool = await look([locked('linter', '1.0.0', { use: 'development' })], [advisory('linter', 'critical')]);
	expect(tool).toMatchObject({ state: 'warn', reason: expect.stringContaining('needed for development only') });
	expect(await look([locked('web', '1.0.0')], [advisory('web', 'low')])).toMatchObject({ state: 'ok', findings: [{ severity: 'info' }] });
	expect((await look([locked('web', '1.0.0')], [advisory('web', 'high')], { fail: 'critical' })).state).toBe('warn');
});

it('takes a range that it cannot read to hold, and says so', async () => {
	const observation = await look([locked('web', '1.0.0', { direct: false })], [advisory('web', 'high', '^1.0.0')]);
	expect(observation).toMatchObject({ state: 'fail', reason: expect.stringContaining('is not sure') });
	expect(observation.findings[0]?.fix).toContain('replace web');
});

it('does not know without a checkout, a lockfile or a registry', async () => {
	expect(await runCheck('deps.audit', makeService('http://127.0.0.1:9'))).toMatchObject({
		state: 'unknown',
		enable: expect.stringContaining('checkout'),
	});
	expect((await runCheck('deps.audit', service)).state).toBe('unknown');
	expect(await look([locked('web', '1.0.0')], null)).toMatchObject({
		state: 'unknown',
		reason: expect.stringContaining('Advisories cannot be had'),
	});
});
