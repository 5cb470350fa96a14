import { readFileSync } from 'node:fs';
import { describeCatalogue } from '@holdfast/checks/registry';
import { applyBindings, proposeBindings } from '@holdfast/runbook/propose';
import { readRunbook } from '@holdfast/runbook/read';
import { describe, expect, it } from 'vitest';
import { planMonitors } from './decide.ts';
import { defaultsOf, defaultsTable, leastEveryMs } from './defaults.ts';

function read(source: string) {
	const result = readRunbook(source);
	if (!result.ok) throw new Error('expected a runbook');
	return applyBindings(result.runbook, proposeBindings(result.runbook, describeCatalogue()));
}

const bakery = read(`# Bakery

## Common Issues

### Shop Not Loading

**Symptoms**:
- Blank page <!-- check: http.page path=/ -->

**Resolution Steps**:
1. Look at the health endpoint <!-- check: http.health -->

## Monitoring Checklist

- [ ] The health endpoint answers <!-- check: http.health -->
- [ ] The list shows loaves <!-- check: http.page path=/loaves -->
- [ ] The baker is in good spirits
`);

describe('what is watched', () => {
	it('every question that a line is bound to is one monitor, with all lines that ask it', () => {
		const { wanted, unwatched, problems } = planMonitors(bakery);
		expect(problems).toEqual([]);
		expect(wanted.map(({ key, lines }) => [key, lines.map(({ line }) => line)])).toEqual([
			['http.page path=/', [8]],
			['http.health', [11, 15]],
			['http.page path=/loaves', [16]],
		]);
		expect(wanted[2]).toMatchObject({ title: expect.stringContaining('(path=/loaves)'), ...defaultsOf('http.page') });
		expect(unwatched.map(({ text }) => text)).toEqual(['The baker is in good spirits']);
	});

	it('the question overrides its check, and the check its family', () => {
		const { wanted } = planMonitors(bakery, {
			'http.page': { every: '5m', severity: 'minor' },
			'http.page path=/loaves': { every: '10s' },
			'http.health': { off: true },
		});
		expect(wanted.map(({ key, everyMs, severity }) => [key, everyMs, severity])).toEqual([
			['http.page path=/', 300_000, 'minor'],
			['http.page path=/loaves', 10_000, 'minor'],
		]);
	});

	it('what needs no parameter is watched when the configuration alone names it', () => {
		expect(planMonitors(null, { 'net.dns': {} }).wanted).toMatchObject([{ key: 'net.dns', lines: [], ...defaultsOf('net.dns') }]);
	});

	it.each([
		['http.heatlh', 'no such check', 'Did you mean http.health?'],
		['http.page path=/loafs', 'asks no such question', 'Did you mean http.page path=/loaves?'],
		['http.page pth=/loaves', 'asks no such question', 'Did you mean http.page path=/loaves?'],
	])('%s is an error that names the nearest', (name, message, hint) => {
		expect(planMonitors(bakery, { [name]: {} }).problems).toMatchObject([{ message: expect.stringContaining(message), hint }]);
	});

	it('one question in two spellings is refused', () => {
		const { problems } = planMonitors(bakery, { 'http.page path=/loaves': {}, 'http.page  path="/loaves"': {} });
		expect(problems).toMatchObject([{ message: expect.stringContaining('stands there twice') }]);
	});
});

describe('defaults', () => {
	it('the most exact name counts, and checks that act are asked at most once a minute', () => {
		expect(defaultsOf('http.health').everyMs).toBe(20_000);
		expect(defaultsOf('http.caching')).toEqual(defaultsTable['http.*']);
		expect(defaultsOf('action.any')).toEqual(defaultsTable['*']);
		for (const { id } of describeCatalogue().entries) expect(defaultsOf(id).everyMs).toBeGreaterThanOrEqual(leastEveryMs(id));
	});

	it('are the table of the README', () => {
		const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
		const rows = [...readme.matchAll(/^\| `([\w.*-]+)` +\| (\d+) s +\| (\d+) +\| (\w+) +\|$/gm)];
		const told = rows.map(([, name, every, confirm, severity]) => [
			name,
			{ everyMs: Number(every) * 1000, confirm: Number(confirm), severity },
		]);
		expect(Object.fromEntries(told)).toEqual(defaultsTable);
	});
});
