import { expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { makeReport } from '../../fixtures/kit-report.ts';
import { makeBuild, serveKit, withBuild } from '../../fixtures/kit-service.ts';
import { file, routes, serve } from '../../fixtures/serve.ts';

const checkout = '/srv/shop';
const page = { '/': '<h1>Shop</h1><script src="/a.js"></script>', '/a.js': file('text/javascript', 'x()') };

it('is well when the folder is whole and its build is the one that runs', async () => {
	const service = await serveKit([makeReport()], { checkout }, page);
	expect(await runCheck('release.build', service, {}, { vendors: withBuild(makeBuild()) })).toMatchObject({
		state: 'ok',
		reason: expect.stringContaining('is the one that runs'),
		facts: [{ name: 'release', value: 'build-1' }],
	});
});

it('fails for missing and empty files, and for another build', async () => {
	const service = await serveKit([makeReport()], { checkout }, page);
	const vendors = withBuild(makeBuild({ id: 'build-2', missing: ['static/chunks/main.js'], empty: ['server/app.js'] }));
	const observation = await runCheck('release.build', service, {}, { vendors });
	expect(codesOf(observation)).toEqual(['build.mismatch', 'build.missing-files', 'build.empty-files']);
	expect(observation.findings[0]?.message).toBe('The application runs build build-1, and build build-2 lies in its folder');
});

it('takes a missing file of the page for a broken build, also without the folder', async () => {
	const { url } = await serve(routes({ '/': page['/'] }));
	expect(await runCheck('release.build', makeService(url))).toMatchObject({
		state: 'fail',
		findings: [{ code: 'build.missing-files', message: '1 file that the page asks for and that does not come (404): /a.js' }],
	});
});

it('is unknown without the folder while the page’s files come', async () => {
	const { url } = await serve(routes(page));
	expect(await runCheck('release.build', makeService(url))).toMatchObject({
		state: 'unknown',
		enable: expect.stringContaining('checkout'),
	});
});

it('does not compare a release named by the application with the framework’s build id', async () => {
	const service = await serveKit([makeReport()], { checkout }, page);
	const vendors = withBuild(makeBuild({ id: 'Vq3xT0aPz81LkQw_9dRfM' }));
	expect(await runCheck('release.build', service, {}, { vendors })).toMatchObject({
		state: 'ok',
		reason: expect.stringContaining('whether it is the one that runs is not known'),
	});
});
