import { describe, expect, it } from 'vitest';
import { readConfig } from './read-config.ts';

const KEY = '0123456789abcdef0123456789abcdef';

function problemsOf(source: string): readonly string[] {
	const reading = readConfig(source, { file: 'holdfast.yaml' });
	return reading.ok ? [] : reading.problems.map(({ line, message, hint }) => `${line} ${message}${hint === '' ? '' : ` | ${hint}`}`);
}

const withService = (ingest: string) => `version: 1\nservices:\n  shop:\n    url: https://shop.example\n    ingest: ${ingest}\n`;

describe('ingest of the configuration', () => {
	it('is taken with every key', () => {
		const whole = `{project: '1', keys: [${KEY}], origins: ['https://shop.example'], drainSecrets: [{env: DRAIN}], vercelDrain: {secrets: [{env: V}], verify: abc}, releaseSecrets: [{file: /run/r}], vercelWebhookSecrets: [{env: W}], quotas: {error: {perSecond: 10, burst: 100}}}`;
		const server = 'ingest: {port: 4001, host: 127.0.0.1, publicUrl: https://in.shop.example, metricsToken: {env: METRICS}}\n';
		expect(problemsOf(withService(whole) + server)).toEqual([]);
	});

	it.each([
		[`{project: 1, keys: [${KEY}]}`, "expected digits in quotes, for example '1'"],
		["{project: '1', keys: []}", 'at least one public key'],
		["{project: '1', keys: [hunter22]}", 'expected a public key of 32 characters'],
		[`{project: '1', keys: [${KEY}], drainSecrets: [hunter22]}`, 'a secret must not stand in this file'],
		[`{project: '1', keys: [${KEY}], origins: ['https://shop.example/path']}`, 'expected an origin without a path'],
		[`{project: '1', keys: [${KEY}], quotas: {error: {perSecond: 0, burst: 1}}}`, 'expected a number above 0'],
		[`{project: '1', keys: [${KEY}], quotas: {errors: {perSecond: 1, burst: 1}}}`, 'Did you mean error?'],
		[`{project: '1', key: [${KEY}]}`, 'no such key in services.shop.ingest | Did you mean keys?'],
	])('%s is one problem', (ingest, words) => {
		const problems = problemsOf(withService(ingest));
		expect(problems).toHaveLength(1);
		expect(problems[0]).toContain(words);
		expect(problems.join()).not.toContain('hunter22');
	});

	it('two services with one project are a problem at the second', () => {
		const source = `version: 1
services:
  a: {url: "https://a.example", ingest: {project: '7', keys: [${KEY}]}}
  b: {url: "https://b.example", ingest: {project: '7', keys: [${KEY}]}}
`;
		expect(problemsOf(source)).toEqual([
			'4 services.b.ingest.project: expected a project of its own, and a has the same | Give each service another number: what it sends is told apart by it.',
		]);
	});

	it.each([
		['{port: 70000}', 'expected a port from 1 to 65535'],
		['{publicUrl: "https://bob:hunter22@in.example"}', 'must not hold a user name or password'],
		['{metricsToken: hunter22}', 'a secret must not stand in this file'],
	])('ingest: %s is one problem', (ingest, words) => {
		const problems = problemsOf(`${withService(`{project: '1', keys: [${KEY}]}`)}ingest: ${ingest}\n`);
		expect(problems).toHaveLength(1);
		expect(problems[0]).toContain(words);
		expect(problems.join()).not.toContain('hunter22');
	});
});
