import { describe, expect, it } from 'vitest';
import { readConfig } from './read-config.ts';

const checkIds = ['http.health', 'net.dns'];

function problemsOf(source: string): readonly string[] {
	const reading = readConfig(source, { file: 'holdfast.yaml', checkIds });
	if (reading.ok) return [];
	return reading.problems.map(({ line, column, message, hint }) => `${line}:${column} ${message}${hint === '' ? '' : ` | ${hint}`}`);
}

const everyKey = `
version: 1
publicUrl: http://localhost:4000
services:
  bakery-production:
    url: https://bakery.example
    runbook: RUNBOOK.md
    bindings: bindings.yaml
    private: false
    allowHosts: [cdn.bakery.example]
    ca: {file: certs/internal.pem}
    checkout: .
    staging: bakery-staging
    kit: {token: {env: BAKERY_TOKEN}}
    convex: {url: https://quiet-otter-1.convex.cloud, siteUrl: https://quiet-otter-1.convex.site, adminKey: {file: /run/secrets/convex}, users: {table: members, field: mail}}
    sentry: {url: https://sentry.io, org: bakery, project: web, token: {env: SENTRY_TOKEN}}
    platform: {kind: releases, dir: /srv/bakery, restart: [systemctl, restart, bakery]}
    synthetic: {user: probe@bakery.example, password: {env: PROBE_PASSWORD}, path: /login}
    log: {file: /var/log/bakery.log}
    envFile: .env.production
    csrf: {probe: /api/csrf-probe}
    routes: [{path: /, text: Bread}, {path: /loaves, list: 1}]
    vendors: [convex, https://status.bakery.example]
    secrets: [SESSION_SECRET]
    monitors: {http.health: {every: 20s, confirm: 2}}
    objectives: {uptime: {target: 99.5, window: 7d}, availability: {off: true}}
  bakery-staging: {url: "https://staging.bakery.example", sentry: builtin}
outside: [https://example.com]
channels: {ops: {kind: slack, url: {env: SLACK_WEBHOOK}}}
notify: [{severity: [critical, major], to: [ops], when: always}]
policy: {release.rollback: {role: responder, approvals: 1, requesterMayApprove: false}}
retention: {raw: 24h, minute: 48h, hour: 90d, day: 2y}
`;

describe('what is watched and who is told', () => {
	const head = 'version: 1\nservices:\n  a:\n    url: https://a.example\n';
	it.each([
		['monitors: {http.health: {every: 20s, severity: info, off: false}, "net.dns host=b.example": {every: 1s}}', []],
		['monitors: {http.health: {every: 100ms}}', ['expected from 1s to 7d, got "100ms"']],
		['monitors: {http.health: {every: 1y}}', ['expected from 1s to 7d, got "1y"']],
		['monitors: {http.helth path=/: {every: 20s}}', ['"http.helth": no such check | Did you mean http.health?']],
		['objectives: {uptime: {target: 100}}', ['expected a percentage below 100, for example 99.9, got 100']],
		['objectives: {uptime: {window: soon}}', ['expected a duration']],
		['monitors: {http.health: {severity: bad}}', ['expected critical, major, minor or info, got "bad"']],
	])('%s', (line, words) => {
		const problems = problemsOf(`${head}    ${line}\n`);
		expect(problems).toHaveLength(words.length);
		for (const [index, word] of words.entries()) expect(problems[index]).toContain(word);
	});

	it.each([
		['{from: "08:00", to: "18:00", days: [mon, fri], zone: Europe/Zurich}', ''],
		['{from: "08:00", to: "24:10"}', 'a time of day'],
		['{from: "08:00", to: "18:00", zone: Middle/Earth}', 'a time zone'],
		['sometimes', 'always, or a map'],
	])('notify when: %s', (when, word) => {
		const problems = problemsOf(`${head}channels: {ops: {kind: slack, url: {env: X}}}\nnotify: [{to: [ops], when: ${when}}]\n`);
		expect(problems.join()).toContain(word);
		expect(problems).toHaveLength(word === '' ? 0 : 1);
	});
});

describe('readConfig', () => {
	it('accepts every key', () => {
		expect(problemsOf(everyKey)).toEqual([]);
	});

	it('says of a half-configured service what is missing, and shows no value', () => {
		const source = [
			'version: 1',
			'services:',
			'  bakery:',
			'    url: https://bakery.example',
			'    kit: {token: s3cr3t-in-clear}',
			'    convex: {siteUrl: not-a-url, users: {tabel: members}}',
			'    sentry: {org: bakery}',
			'    synthetic: {user: probe@bakery.example, path: login}',
			'    log: bakery.log',
		].join('\n');
		const problems = problemsOf(source);
		expect(problems).toMatchInlineSnapshot(`
			[
			  "5:18 services.bakery.kit.token: a secret must not stand in this file (the value is not shown) | Write token: {env: NAME}, or {file: PATH}.",
			  "6:23 services.bakery.convex.siteUrl: expected an http or https URL, for example https://shop.example, got a text of 9 characters",
			  "6:42 "tabel": no such key in services.bakery.convex.users | Did you mean table?",
			  "7:13 services.bakery.sentry.project: expected a project, nothing stands there",
			  "8:16 services.bakery.synthetic.password: expected {env: NAME} or {file: PATH}, nothing stands there | Write password: {env: NAME}, or {file: PATH}.",
			  "8:51 services.bakery.synthetic.path: expected a path that begins with /, for example /products, got a text of 5 characters",
			  "9:10 services.bakery.log: expected {file: PATH} of the log, got "bakery.log"",
			]
		`);
		expect(problems.join()).not.toContain('s3cr3t');
	});

	it('reports all problems at once, in document order, each with its place and the nearest name', () => {
		const source = [
			'versio: 1',
			'services:',
			'  Bakery:',
			'    urll: https://bakery.example',
			'    private: "yes"',
			'    monitors: {http.helth: {every: 20 seconds, confirm: 0}}',
			'    routes: [{path: products, lst: 1}]',
			'notify: [{to: [opps]}]',
			'channels: {ops: {kind: slack, url: {env: SLACK_WEBHOOK}}}',
		].join('\n');
		expect(problemsOf(source)).toMatchInlineSnapshot(`
			[
			  "1:1 "versio": no such key | Did you mean version?",
			  "3:3 "Bakery": a service is named by small letters, digits and dashes | For example shop-production.",
			  "4:5 "urll": no such key in services.Bakery | Did you mean url?",
			  "5:14 services.Bakery.private: expected true or false, got "yes"",
			  "6:16 "http.helth": no such check | Did you mean http.health?",
			  "6:36 services.Bakery.monitors["http.helth"].every: expected a duration, for example 20s, 5m, 24h, 90d, 2y, got "20 seconds"",
			  "6:57 services.Bakery.monitors["http.helth"].confirm: expected a whole number from 1 to 20, got 0",
			  "7:21 services.Bakery.routes[0].path: expected a path that begins with /, for example /products, got "products"",
			  "7:31 "lst": no such key in services.Bakery.routes[0] | Did you mean list?",
			  "8:16 notify[0].to: there is no channel "opps" | Did you mean ops?",
			]
		`);
	});

	it.each([
		['a text', 'token: sk-live-hunter2'],
		['a quoted text', 'token: "sk-live-hunter2"'],
		['a wrong map', 'token: {value: sk-live-hunter2}'],
		['a list', 'token: [sk-live-hunter2]'],
		['a map with too much', 'token: {env: TOKEN, value: sk-live-hunter2}'],
		['a name that is none', 'token: {env: "sk-live-hunter2"}'],
	])('never repeats a secret given as %s', (_form, line) => {
		const problems = problemsOf(`version: 1\nservices:\n  bakery:\n    url: https://bakery.example\n    kit:\n      ${line}\n`);
		expect(problems).toHaveLength(1);
		expect(problems[0]).toContain('6:');
		expect(problems.join()).not.toContain('hunter2');
	});

	it.each([
		['kit', '    kit: hunter2'],
		['a key of kit', '    kit: {hunter2}'],
		['convex', '    convex: "prod:shop|hunter2"'],
		['convex.url', '    convex: {url: "prod:shop|hunter2"}'],
		['sentry', '    sentry: sntrys_hunter2'],
		['synthetic', '    synthetic: hunter2'],
		['synthetic.user', '    synthetic: {user: [hunter2], password: {env: PW}}'],
		['a variable', '    secrets: [sk-hunter2]'],
		['a host', '    allowHosts: ["https://ada:hunter2@cdn.example"]'],
		['a URL without its scheme', '    url: bob:hunter2@shop.example'],
		['a URL with a slash in its password', '    url: http://bob:80/hunter2@shop.example'],
		['a URL that is none', '    url: http://bob:hun/hunter2@ho st'],
		['a channel', 'channels: {ops: "https://hooks.slack.com/services/hunter2"}'],
		['a channel’s URL', 'channels: {ops: {kind: teams, url: "https://prod.example/hunter2"}}'],
		['a channel’s secret', 'channels: {ops: {kind: webhook, url: {env: A}, secret: whsec_hunter2}}'],
		[
			'the mail server’s password',
			'channels: {ops: {kind: email, smtp: {host: a, user: b, password: hunter2}, from: a@b.example, to: [c@d.example]}}',
		],
		['a key of a channel', 'channels: {ops: {kind: pagerduty, routingKey: {env: A}, hunter2: 1}}'],
		['all channels', 'channels: https://hooks.slack.com/services/hunter2'],
		['a channel that is named by its URL', 'notify: [{to: ["https://hooks.slack.com/services/hunter2"]}]'],
		['any other text with a URL', '    private: https://ada.example/hunter2'],
		['any other text with credentials', '    private: ada:hunter2@shop.example'],
		['a service', '  other: hunter2'],
	])('never repeats what stands in the place of %s', (_place, line) => {
		const url = line.includes('    url:') ? '' : '    url: https://bakery.example\n';
		const problems = problemsOf(`version: 1\nservices:\n  bakery:\n${url}${line}\n`);
		expect(problems.length).toBeGreaterThan(0);
		expect(problems.join()).not.toContain('hunter2');
	});

	it('says the kind of what it does not repeat', () => {
		expect(problemsOf('version: 1\nservices: {a: {url: "https://a.example", kit: kit-secret-123}}')[0]).toContain(
			'got a text of 14 characters',
		);
	});

	it.each([
		['cdn.bakery.example', true],
		['*.bakery.example', true],
		['localhost', true],
		['10.0.0.7', true],
		['[::1]', true],
		['*', false],
		['*.', false],
		['http://x/', false],
		['x.example:8080', false],
		['x.example/path', false],
	])('of allowHosts: [%s] says %s', (host, isRight) => {
		const problems = problemsOf(`version: 1\nservices: {a: {url: "https://a.example", allowHosts: ["${host}"]}}`);
		expect(problems.length === 0).toBe(isRight);
	});

	it('never repeats the password of a URL', () => {
		const problems = problemsOf('version: 1\nservices:\n  bakery:\n    url: https://ada:hunter2@bakery.example\n');
		expect(problems).toEqual([
			'4:10 services.bakery.url: a URL must not hold a user name or password (the value is not shown) | Remove what stands before the @.',
		]);
	});

	it.each([
		['an unclosed quote', 'version: 1\nservices:\n  a: {url: "https://hunter2.example}\n'],
		['a tab', 'version: 1\nservices:\n\tbakery: hunter2\n'],
		['a key twice', 'version: 1\nversion: 1\nservices: {a: {url: https://hunter2.example}}\n'],
		['a stray bracket', 'version: 1\nservices: {a: {url: https://hunter2.example}}}\n'],
	])('says what is wrong with YAML that has %s, without quoting it', (_fault, source) => {
		const problems = problemsOf(source);
		expect(problems.length).toBeGreaterThan(0);
		expect(problems.every((problem) => /^\d+:\d+ invalid YAML: /.test(problem))).toBe(true);
		expect(problems.join()).not.toContain('hunter2');
	});

	it.each([
		['nothing', '', '1:1 the file: expected a map with version and services, got nothing'],
		['a text', 'hello', '1:1 the file: expected a map with version and services, got "hello"'],
		[
			'no service',
			'version: 1\nservices: {}',
			'2:11 services: expected at least one service | For example shop-production: {url: https://shop.example}.',
		],
		['another version', 'version: 2\nservices: {a: {url: https://a.example}}', '1:10 version: expected the number 1, got 2'],
	])('refuses a file with %s', (_what, source, problem) => {
		expect(problemsOf(source)).toEqual([problem]);
	});

	it('ends on aliases that multiply', () => {
		const bomb = [
			'a: &a [x,x,x,x,x,x,x,x,x]',
			...'bcdefgh'.split('').map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[index]}`).join(',')}]`),
		];
		expect(problemsOf(bomb.join('\n'))).toEqual(['1:1 the aliases of this file cannot be resolved | Write the values out.']);
	});
});
