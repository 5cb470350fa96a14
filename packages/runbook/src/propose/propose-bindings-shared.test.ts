import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { measureCoverage } from '../coverage/measure-coverage.ts';
import { formatDirective } from '../directive/grammar.ts';
import { removeBindings } from '../directive/remove.ts';
import { validateDirectives } from '../directive/validate.ts';
import { planWriting } from '../directive/write.ts';
import type { Runbook } from '../model.ts';
import { readRunbook } from '../read.ts';
import { allChecks, outsideChecks } from './fixtures/check-catalogue.ts';
import { proposeAll, proposeBindings } from './propose-bindings.ts';

const shared = fileURLToPath(new URL('../../../../../shared/', import.meta.url));
const usersRunbook = `${shared}runbook/PRODUCTION_RUNBOOK.md`;
const corpus = `${shared}corpus/`;

function read(text: string): Runbook {
	const reading = readRunbook(text);
	if (!reading.ok) throw new Error('expected a document that can be read');
	return reading.runbook;
}

/** Line of the document and the checks that have to be bound there with certainty. */
const rows: readonly (readonly [row: string, line: number, ids: readonly string[]])[] = [
	['A1.s1', 18, ['http.page']],
	['A1.s2', 19, ['http.status']],
	['A1.s3', 20, ['http.latency']],
	['A1.c1', 23, ['env.present', 'env.format', 'env.typo']],
	['A1.c2', 24, ['convex.reachable', 'convex.functions', 'convex.sync']],
	['A1.c3', 25, ['http.assets', 'release.build']],
	['A1.c4', 26, ['server.resources']],
	['A1.1', 30, ['http.health']],
	['A1.2', 37, ['logs.errors']],
	['A1.2', 38, ['sentry.errors']],
	['A1.2', 39, ['convex.logs']],
	['A1.3', 42, ['env.present']],
	['A1.3', 43, ['env.required']],
	['A1.3', 44, ['env.typo']],
	['A1.4', 48, ['convex.state']],
	['A1.4', 49, ['convex.logs']],
	['A2.s1', 54, ['auth.login']],
	['A2.s2', 55, ['auth.session']],
	['A2.s3', 56, ['http.redirects']],
	['A2.c1', 59, ['env.secret', 'env.changed']],
	['A2.c2', 60, ['env.secret', 'http.csrf']],
	['A2.c3', 61, ['convex.auth-config']],
	['A2.c4', 62, ['http.cookies', 'auth.session']],
	['A2.1', 67, ['env.secret']],
	['A2.1', 68, ['env.changed']],
	['A2.2', 71, ['env.secret']],
	['A2.2', 72, ['http.csrf']],
	['A2.3', 75, ['browser.console']],
	['A2.3', 76, ['browser.console']],
	['A2.4', 79, ['convex.auth-config']],
	['A2.4', 80, ['convex.users']],
	['A3.s1', 85, ['http.list']],
	['A3.s2', 86, ['http.list']],
	['A3.s3', 87, ['http.list']],
	['A3.c1', 90, ['convex.url', 'net.dns']],
	['A3.c2', 91, ['convex.reachable', 'convex.state']],
	['A3.c3', 92, ['net.dns', 'net.tcp', 'net.tls', 'convex.reachable']],
	['A3.1', 97, ['convex.url']],
	['A3.2', 103, ['convex.reachable', 'convex.health']],
	['A3.3', 109, ['convex.state']],
	['A3.3', 110, ['convex.logs']],
	['A3.3', 111, ['convex.latency']],
	['A3.c4', 93, ['convex.limits', 'convex.state']],
	['A3.4', 114, ['convex.usage']],
	['A3.4', 115, ['convex.limits']],
	['A4.s1', 120, ['http.latency', 'vitals.p75']],
	['A4.s2', 121, ['http.latency']],
	['A4.s3', 122, ['server.resources']],
	['A4.c1', 125, ['bundle.size']],
	['A4.1', 132, ['bundle.size']],
	['A4.2', 139, ['vitals.p75']],
	['A4.2', 140, ['sentry.performance']],
	['A4.2', 141, ['server.resources']],
	['A4.c2', 126, ['convex.latency', 'convex.scans']],
	['A4.3', 144, ['convex.latency']],
	['A4.3', 146, ['convex.scans']],
	['A4.c3', 127, ['server.resources']],
	['A4.4', 151, ['http.caching']],
	['A4.c4', 128, ['http.latency']],
	['B3', 185, ['app.restart']],
	['B3', 186, ['cache.purge']],
	['B3', 187, ['release.rollback']],
	['C1.1', 209, ['http.health']],
	['C1.1', 210, ['vendor.status']],
	['C1.1', 211, ['vendor.status']],
	['C1.2', 213, ['release.rollback']],
	['C1.3', 220, ['notify.send']],
	['C2.1', 233, ['app.maintenance']],
	['C2.2', 237, ['data.loss']],
	['C2.3', 242, ['backup.list']],
	['C2.3', 243, ['backup.restore']],
	['C3.1', 256, ['account.disable']],
	['C3.1', 257, ['secret.revoke']],
	['C3.1', 258, ['app.isolate']],
	['C3.2', 261, ['security.log']],
	['C3.3', 266, ['secret.rotate']],
	['C3.3', 267, ['deps.audit']],
	['D.daily', 279, ['sentry.errors', 'daily']],
	['D.daily', 280, ['logs.errors']],
	['D.daily', 281, ['vitals.p75']],
	['D.daily', 282, ['convex.state']],
	['D.weekly', 286, ['security.log']],
	['D.weekly', 287, ['deps.outdated']],
	['D.weekly', 288, ['perf.trend']],
	['D.weekly', 289, ['backup.verify']],
	['D.monthly', 293, ['security.audit']],
	['D.quarterly', 303, ['capacity.forecast']],
	['E.app', 309, ['http.health']],
	['E.app', 310, ['http.latency']],
	['E.db', 316, ['convex.sync']],
	['E.db', 317, ['convex.latency']],
	['E.db', 318, ['data.integrity']],
	['E.db', 319, ['backup.fresh']],
	['E.sec', 323, ['security.log']],
	['E.sec', 324, ['deps.audit']],
	['E.sec', 325, ['tls.certificate']],
	['E.sec', 326, ['http.security-headers']],
	['E.perf', 330, ['vitals.p75']],
	['E.perf', 331, ['http.latency']],
	['E.perf', 332, ['server.resources']],
	['E.perf', 333, ['server.memory-trend']],
	['F.2', 351, ['release.rollback']],
	['H.cmd', 393, ['http.health']],
	['H.url', 410, ['http.status']],
];

describe.skipIf(!existsSync(usersRunbook))("the first user's runbook (skipped: ../shared is not beside the checkout)", () => {
	const text = (): string => readFileSync(usersRunbook, 'utf8');
	const certain = proposalsAt(existsSync(usersRunbook) ? text() : '');

	it.each(rows)('%s, line %i, is bound to %j with certainty', (_, line, ids) =>
		expect(certain.get(line) ?? []).toEqual(expect.arrayContaining([...ids])),
	);

	it.each([
		['A4.3', 145, 'convex.scans'],
		['A4.4', 149, 'server.resources'],
		['A4.4', 150, 'http.cdn'],
	])('%s, line %i, which holds only under a condition, is likely %s', (_, line, id) => {
		const there = proposeAll(read(text())).filter((proposal) => proposal.line === line);
		expect(there.map(({ binding }) => `${binding.id} ${binding.certainty}`)).toEqual([`${id} likely`]);
	});

	it('binds every line of the common issues but those that hold only under a condition', () => {
		const coverage = measureCoverage(read(text()), allChecks, { counting: 'certain' });
		const common = coverage.sections.find((section) => section.title === 'Common Issues');
		expect(common?.couldBeLive).toBeGreaterThan(60);
		expect((common?.live ?? 0) / (common?.couldBeLive ?? 1)).toBeGreaterThan(0.9);
		const rest = coverage.rest.filter(({ section }) => section === 'Common Issues');
		expect(rest.map(({ line, why }) => `${line} ${why.kind}`)).toEqual(['145 proposal-waits', '149 proposal-waits', '150 proposal-waits']);
	});

	it('takes the parameters from the lines', () => {
		const written = proposeBindings(read(text()), allChecks).map(({ line, binding }) => `${line} ${formatDirective(binding)}`);
		expect(written).toEqual(
			expect.arrayContaining([
				'30 check: http.health path=/api/health expect="{\\"status\\":\\"ok\\"}"',
				'23 check: env.present name=NEXT_PUBLIC_CONVEX_URL',
				'42 check: env.present name=NEXT_PUBLIC_CONVEX_URL',
				'59 check: env.secret name=SESSION_SECRET',
				'59 check: env.changed name=SESSION_SECRET',
				'60 check: env.secret name=CSRF_SECRET',
				'67 check: env.secret name=SESSION_SECRET min=32',
				'68 check: env.changed name=SESSION_SECRET',
				'71 check: env.secret name=CSRF_SECRET',
				'90 check: net.dns target=convex',
				'103 check: convex.health path=/api/health',
				'60 check: http.csrf path=/api/csrf',
				'72 check: http.csrf path=/api/csrf',
				'211 check: vendor.status vendor=convex',
				'309 check: http.health path=/api/health',
			]),
		);
	});

	it('ties steps to the causes that they look into', () => {
		const links = proposeAll(read(text()))
			.filter(({ binding }) => binding.kind === 'cause')
			.map(({ line, binding }) => `${line}:${binding.id} ${binding.certainty}`);
		expect(links).toEqual([
			'41:1 certain',
			'46:2 certain',
			'66:1 certain',
			'70:2 certain',
			'78:3 certain',
			'97:1 certain',
			'103:2 certain',
			'108:2 certain',
			'113:4 certain',
			'132:1 certain',
			'141:3 certain',
			'144:2 certain',
		]);
	});

	it('is bound with --accept certain without a problem, twice is once, and is given back to the byte', () => {
		const runbook = read(text());
		const accepted = proposeBindings(runbook, outsideChecks).filter(({ binding }) => binding.certainty === 'certain');
		const plan = planWriting(text(), runbook, accepted);
		expect(plan.unwritable).toEqual([]);
		const again = read(plan.text);
		expect(validateDirectives(again, outsideChecks)).toEqual([]);
		const more = proposeBindings(again, outsideChecks).filter(({ binding }) => binding.certainty === 'certain');
		expect(planWriting(plan.text, again, more).text).toBe(plan.text);
		expect(planWriting(plan.text, again, accepted).text).toBe(plan.text);
		expect(removeBindings(plan.text)).toBe(text());
		const coverage = measureCoverage(again, outsideChecks);
		expect(coverage.live).toBeGreaterThanOrEqual(30);
		expect(coverage.rest[0]?.text).toMatch(/^On-Call Engineer/);
	});
});

function proposalsAt(text: string): ReadonlyMap<number, readonly string[]> {
	const ids = new Map<number, string[]>();
	for (const { line, binding } of proposeAll(read(text)))
		if (binding.certainty === 'certain') ids.set(line, [...(ids.get(line) ?? []), binding.id]);
	return ids;
}

describe.skipIf(!existsSync(corpus))('documents of others (skipped: ../shared is not beside the checkout)', () => {
	const files = existsSync(corpus) ? readdirSync(corpus).filter((name) => /^D\d+/.test(name)) : [];

	it.each(files)('claims little of %s: at most an eighth of its lines are checks with certainty', (name) => {
		const runbook = read(readFileSync(corpus + name, 'utf8'));
		const coverage = measureCoverage(runbook, outsideChecks, { counting: 'certain' });
		expect(coverage.live).toBeLessThanOrEqual(Math.ceil((coverage.couldBeLive + coverage.persons) / 8));
	});

	it.each(files)('writes into %s and gives its bytes back', (name) => {
		const text = readFileSync(corpus + name, 'utf8');
		const runbook = read(text);
		const plan = planWriting(text, runbook, proposeAll(runbook));
		expect(plan.unwritable).toEqual([]);
		expect(removeBindings(plan.text)).toBe(text);
	});
});
