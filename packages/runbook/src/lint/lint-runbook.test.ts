import { describe, expect, it } from 'vitest';
import { readRunbook } from '../read.ts';
import type { LintFinding, LintOptions } from './finding.ts';
import { lintRunbook } from './lint-runbook.ts';

function lint(text: string, options?: LintOptions): readonly LintFinding[] {
	const reading = readRunbook(text);
	if (!reading.ok) throw new Error('expected a document that can be read');
	return lintRunbook(reading.runbook, text, options);
}

/** Findings of one rule as `line:column severity message`. */
function found(rule: string, text: string, options?: LintOptions): readonly string[] {
	return lint(text, options)
		.filter((finding) => finding.rule === rule)
		.map(({ line, column, severity, message }) => `${line}:${column} ${severity} ${message}`);
}

const issue = (...lines: readonly string[]): string =>
	['# Shop', '', '## Common Issues', '', '### Slow', '', '**Symptoms**:', '- Slow pages', '', '**Resolution Steps**:', '', ...lines].join(
		'\n',
	);

describe('lintRunbook', () => {
	it('LN7 finds what could hurt wherever it stands, also where no step is read', () => {
		const text = '# Shop\n\n## Background\n\nOnce somebody ran `kubectl delete ns shop`, and that was that.\n';
		expect(found('LN7', text)).toEqual([expect.stringMatching(/^5:\d+ error this command could hurt/)]);
	});

	it('LN1 names what was never filled in, and calls a hollow contact an error', () => {
		const text =
			'# Shop\n\n## Contacts\n\n- **On-Call Engineer**: [Contact Info]\n- **Manager**: m@shop.org\n\n**Last Updated**: 2025-01-XX\n';
		expect(found('LN1', text)).toEqual(['5:25 error [Contact Info] is not filled in', '8:19 warning 2025-01-XX is not filled in']);
		expect(found('LN1', issue('1. Check health:', '   ```bash', '   curl https://your-domain.com/api/health', '   ```'))).toEqual([
			'14:17 warning your-domain.com is not filled in',
		]);
		expect(found('LN1', '# Shop\n\nSee [the guide](https://shop.org/guide) <!-- [Contact Info] -->\n')).toEqual([]);
	});

	it('LN2 names code that holds nothing but comments', () => {
		expect(found('LN2', issue('1. **Roll back**:', '   ```bash', '   # how your platform does it', '   ```'))).toEqual([
			'13:1 warning this code holds nothing but comments: there is no command to run',
		]);
		expect(found('LN2', issue('1. **Roll back**:', '   ```bash', '   git status # look first', '   ```'))).toEqual([]);
	});

	it('LN3 knows the anchors of headings, repeats, ids, and names the nearest for a dead one', () => {
		const text =
			'# Shop\n\n[a](#slow-pages) [b](#slow-pages-1) [c](#own) [d](#html) [e](#slow-page) [f](#déjà--vu)\n\n## Slow pages\n\nx\n\n## Slow pages\n\nx\n\n## Named {#own}\n\n<a id="html"></a>\n\n## Déjà & vu\n\nx\n';
		expect(found('LN3', text)).toEqual([expect.stringMatching(/^3:\d+ warning #slow-page: no heading/)]);
		expect(lint(text).find((finding) => finding.rule === 'LN3')?.hint).toBe('Did you mean slow-pages?');
	});

	it('LN4 names references without a definition', () => {
		const text = '# Shop\n\nSee [guide][1], [wiki][], [gone][2] and `a[0][1]`.\n\n[1]: https://shop.org\n[wiki]: https://shop.org/wiki\n';
		expect(found('LN4', text)).toEqual(['3:27 warning [2]: this reference is defined nowhere, so the link shows as plain text']);
	});

	it('LN5 compares siblings only', () => {
		expect(found('LN5', '# Shop\n\n## A\n\n### Fix\n\nx\n\n### Fix\n\nx\n\n## B\n\n### Fix\n\nx\n')).toEqual([
			'9:1 warning "Fix" stands twice in the same section, first at line 5',
		]);
	});

	it('LN6 wants a look after the last change', () => {
		const restart = ['1. Restart the application'];
		expect(found('LN6', issue(...restart))).toEqual([
			'12:1 warning "Restart the application" changes something, and nothing after it in "Resolution Steps" looks whether it worked',
		]);
		expect(found('LN6', issue(...restart, '2. Verify that pages load'))).toEqual([]);
		expect(found('LN6', issue('1. Check the logs'))).toEqual([]);
	});

	it('LN7 names the class of a command that could hurt', () => {
		expect(found('LN7', issue('1. Clean up:', '   ```bash', '   rm -rf /var/cache/shop', '   ```'))).toEqual([
			expect.stringMatching(/^14:4 error this command could hurt \(file-destroy\): it /),
		]);
		expect(found('LN7', issue('1. Look:', '   ```bash', '   curl https://shop.org/api/health', '   ```'))).toEqual([]);
	});

	it('LN8 says why a command is not run as it stands', () => {
		expect(found('LN8', issue('1. Run:', '   ```bash', '   kubectl edit deployment shop', '   ```'))).toEqual([
			expect.stringMatching(/^14:4 info this command is not run as it stands: /),
		]);
	});

	it('LN9 finds secrets and never repeats them', () => {
		const secrets = ['AKIAIOSFODNN7EXAMPLQ', `sk_live_${'a1B2'.repeat(6)}`, `ghp_${'x9Y8'.repeat(8)}`, 'hunter2hunter2', 'p4ssw0rd!x'];
		const text = `# Shop\n\nKey ${secrets[0]}\n\nStripe: \`${secrets[1]}\`\n\n\`\`\`bash\nexport TOKEN=${secrets[2]}\n\`\`\`\n\npassword: ${secrets[3]}\n\npostgres://shop:${secrets[4]}@db.shop.org/shop\n`;
		const findings = lint(text).filter((finding) => finding.rule === 'LN9');
		expect(findings.map(({ line, message }) => `${line} ${message}`)).toEqual([
			'3 an AWS access key id stands here in clear (20 characters)',
			'5 a Stripe live key stands here in clear (32 characters)',
			'8 a GitHub token stands here in clear (36 characters)',
			'11 a password stands here in clear (14 characters)',
			'13 a password inside a URL stands here in clear (10 characters)',
		]);
		for (const secret of secrets) expect(JSON.stringify(lint(text))).not.toContain(secret);
	});

	it.each([
		'password: <your password>',
		'Password: required',
		'SESSION_SECRET=$SESSION_SECRET',
		'password: [Contact Info]',
		'https://user:password@shop.org',
		'token: see the vault',
		'API_KEY=your-api-key-here-please',
	])('LN9 leaves "%s" alone', (line) => expect(found('LN9', `# Shop\n\n${line}\n`)).toEqual([]));

	it('LN10 names characters of a word processor in commands', () => {
		expect(found('LN10', issue('1. Run:', '   ```bash', '   curl “https://shop.org/api”', '   ```'))).toEqual([
			expect.stringMatching(/^14:4 error this command holds a curly quotation mark/),
		]);
	});

	it('LN11 names sections with nothing in them', () => {
		expect(found('LN11', '# Shop\n\n## Empty\n\n---\n\n## Full\n\nx\n\n## Parent\n\n### Child\n\nx\n\n## Last\n')).toEqual([
			'3:1 warning "Empty" has nothing below it',
			'17:1 warning "Last" has nothing below it',
		]);
	});

	it('LN12 names a fence that is never closed', () => {
		expect(found('LN12', '# Shop\n\n```bash\nls\n')).toEqual([
			'3:1 error this code fence is opened and never closed: what follows reads as code',
		]);
	});

	it('LN13 needs to be told what today is', () => {
		const text = '# Shop\n\n**Last Updated**: 2026-01-01\n**Next review**: 1 March 2026\n';
		expect(found('LN13', text)).toEqual([]);
		expect(found('LN13', text, { today: '2026-02-01' })).toEqual([]);
		expect(found('LN13', text, { today: '2026-11-23' })).toEqual([
			'3:19 warning nobody has looked at this for 326 days',
			'4:18 warning this review was due 267 days ago',
		]);
		expect(found('LN13', '**Last Updated**: Nov 30, 2026', { today: '2026-11-23' })).toEqual([
			'1:19 warning this date lies 7 days in the future',
		]);
	});

	it('reads a paragraph and a table of very many lines', () => {
		expect(found('LN9', `${'word\n'.repeat(150_000)}\n| a |\n|---|\n${'| b |\n'.repeat(1000)}\npassword: hunter2hunter2\n`)).toHaveLength(
			1,
		);
	}, 30_000);

	it('says nothing about a document in which nothing is wrong', () => {
		expect(lint(issue('1. Check the page', '   ```bash', '   curl https://shop.org/api/health', '   ```', ''))).toEqual([]);
	});
});
