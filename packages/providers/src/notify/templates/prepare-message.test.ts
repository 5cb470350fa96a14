import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../fixtures/any-text.ts';
import { hostile, signInFails, signInIsBack } from '../fixtures/messages.ts';
import type { MessageKind, NotificationMessage } from '../message.ts';
import { makeTestMessage } from './make-test-message.ts';
import { prepareMessage } from './prepare-message.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';

const as = (kind: MessageKind, more: Partial<NotificationMessage> = {}) => prepareMessage({ ...signInFails, kind, ...more });

describe('the words', () => {
	it.each<[MessageKind, string, string]>([
		[
			'opened',
			'Sign-in is failing on shop-production since 02:58 UTC (4 min)',
			'Critical: Sign-in is failing on shop-production since 02:58 UTC (4 min), #42',
		],
		[
			'updated',
			'Update: Sign-in is failing on shop-production since 02:58 UTC (4 min)',
			'Update: Sign-in is failing on shop-production since 02:58 UTC (4 min), #42',
		],
		[
			'acknowledged',
			'Acknowledged: Sign-in is failing on shop-production since 02:58 UTC (4 min)',
			'Acknowledged: Sign-in is failing on shop-production since 02:58 UTC (4 min), #42',
		],
		[
			'resolved',
			'Resolved after 4 min: Sign-in is failing on shop-production',
			'Resolved after 4 min: Sign-in is failing on shop-production, #42',
		],
		[
			'digest',
			'Digest: Sign-in is failing on shop-production since 02:58 UTC (4 min)',
			'Digest: Sign-in is failing on shop-production since 02:58 UTC (4 min), #42',
		],
		['test', 'Test: Sign-in is failing on shop-production', 'Test: Sign-in is failing on shop-production, #42'],
	])('of %s', (kind, headline, short) => expect(as(kind)).toMatchObject({ headline, short }));

	it('the subject stays the same over an incident', () => {
		for (const kind of ['opened', 'updated', 'acknowledged', 'resolved'] as const)
			expect(as(kind).subject).toBe('#42 Sign-in is failing on shop-production');
	});

	it('a service that stands in the title is not said twice', () =>
		expect(as('opened', { title: 'shop-production is down' }).headline).toBe('shop-production is down since 02:58 UTC (4 min)'));

	it('only what can still be acknowledged has a link for it', () => {
		const labels = (kind: MessageKind) => as(kind).links.map(({ label }) => label);
		expect(labels('opened')).toEqual(['Acknowledge', 'Open incident 42', 'Open the runbook at this line']);
		expect(labels('acknowledged')).toEqual(['Open incident 42', 'Open the runbook at this line']);
		expect(labels('resolved')).toEqual(['Open incident 42', 'Open the runbook at this line']);
	});

	it('of a test say that it is one', () => {
		expect(prepareMessage(makeTestMessage('ops', 'test/1', signInFails.at))).toMatchObject({
			headline: 'Test: Holdfast reaches the channel ops',
			short: 'Test: Holdfast reaches the channel ops',
			subject: 'Holdfast reaches the channel ops',
			status: 'For information',
		});
	});

	it('a time that is none is not said', () => {
		for (const since of [Number.NaN, Number.POSITIVE_INFINITY, 1e20])
			expect(as('opened', { since }).headline).toBe('Sign-in is failing on shop-production');
		expect(as('opened', { since: 1e20, at: 1e20 })).toMatchObject({ since: 0, at: 0 });
	});
});

describe('the line of 140 characters', () => {
	it.each([
		['loses the time first', 'A'.repeat(90), /^Critical: A+ on shop-production \(4 min\), #42$/],
		['then the service', 'A'.repeat(110), /^Critical: A+, #42$/],
		['then its end', 'A'.repeat(180), /^Critical: A+…$/],
	])('%s', (_rule, title, form) => {
		const { short } = as('opened', { title });
		expect(short).toMatch(form);
		expect(short.length).toBeLessThanOrEqual(140);
	});
});

describe('words of the team’s own', () => {
	const templates = {
		headline: '{severity}! {title} [{service}] {lasted}',
		summary: '{cause}. {fix}',
		short: 'P1 #{number} {title} {url}',
	};

	it('take the place of ours', () => {
		expect(as('opened', { templates })).toMatchObject({
			headline: 'Critical! Sign-in is failing [shop-production] 4 min',
			summary: 'Session secret misconfigured. Roll back to 0c99d1e (well for 6 d), or set the secret',
			short: 'P1 #42 Sign-in is failing https://holdfast.example/incidents/42',
			subject: '#42 Sign-in is failing on shop-production',
		});
	});

	it('are filled once, cleaned and bounded like ours', () => {
		const prepared = prepareMessage({ ...hostile, templates: { ...templates, short: '{title} {summary}' } });
		expect(prepared.headline).not.toMatch(/[\r\n\u202E]/);
		expect(prepared.short.length).toBeLessThanOrEqual(140);
		expect(as('opened', { title: '{summary}', templates: { headline: '{title}' } }).headline).toBe('{summary}');
	});

	it('that come to nothing leave ours', () =>
		expect(as('opened', { templates: { headline: ' ', short: '' } })).toMatchObject({
			headline: 'Sign-in is failing on shop-production since 02:58 UTC (4 min)',
			short: expect.stringContaining('Critical: '),
		}));
});

describe('a message that is too much', () => {
	const prepared = prepareMessage(hostile);

	it('is cut, and says so', () => {
		expect(prepared.summary).toMatch(/ … \(cut, \d{3},\d{3} characters\)$/);
		expect(prepared.facts).toHaveLength(13);
		expect(prepared.facts.at(-1)).toEqual({ label: 'More', value: '29 further lines are not shown here' });
		expect(prepared.diagnosis.find(({ label }) => label === 'Proof')?.lines.at(-1)).toBe('… and 40 more');
	});

	it('keeps only links that lead to a page', () => {
		expect(prepared.incident?.url).toBeNull();
		expect(prepared.links.map(({ url }) => url)).toEqual([
			'https://holdfast.example/a|b%3E%22(c)',
			'https://holdfast.example/?q=%3Cscript%3E&x=%22%27',
		]);
	});
});

describe('plain text', () => {
	it('answers first, then proves', () => {
		expect(renderText(prepareMessage(signInIsBack))).toBe(`Resolved after 12 min: Sign-in is failing on shop-production
Critical · incident 42

SESSION_SECRET is 48 characters long. 12 sign-ins in a row have worked.

Cause  Session secret misconfigured
Proof  auth.login: POST /api/session → 500 in 41 ms (twice)
       env.secret: SESSION_SECRET present, length 8
Next   Roll back to 0c99d1e (well for 6 d), or set the secret

Release: 4f1c2aa, live for 4 min
Not sent: 3 other checks fail as a consequence

Open incident 42: https://holdfast.example/incidents/42
Open the runbook at this line: https://holdfast.example/runbook#L66
`);
	});

	it('has only the line breaks that it makes itself', () => {
		const text = renderText(prepareMessage(hostile));
		expect(text).not.toContain('\r');
		expect(text.split('\n').filter((line) => /^Bcc:/i.test(line))).toEqual([]);
	});
});

describe('HTML', () => {
	const html = renderHtml(prepareMessage(hostile));

	it('holds no markup but its own, and loads nothing', () => {
		const tags = new Set([...html.matchAll(/<(\/?[a-z!][a-z0-9]*)/gi)].map(([, tag = '']) => tag.replace('/', '').toLowerCase()));
		expect([...tags].toSorted()).toEqual([
			'!doctype',
			'a',
			'body',
			'br',
			'div',
			'h1',
			'head',
			'html',
			'meta',
			'p',
			'style',
			'table',
			'td',
			'title',
			'tr',
		]);
		expect(html).not.toMatch(/\ssrc=(?!x)|url\(|@import/);
		expect(html.match(/href="[^"]*"/g)).toEqual([
			'href="https://holdfast.example/a|b%3E%22(c)"',
			'href="https://holdfast.example/?q=%3Cscript%3E&amp;x=%22%27"',
		]);
	});

	it('has colours for the dark', () => {
		expect(html).toContain('<meta name="color-scheme" content="light dark">');
		expect(html).toContain('prefers-color-scheme: dark');
	});
});

it('any text whatever gives bounded text, HTML without new tags, and one short line', () => {
	const tagsOf = (html: string) => html.split('<').length;
	fc.assert(
		fc.property(anyText, anyText, anyText, (title, summary, value) => {
			const message = prepareMessage({ ...signInFails, title, summary, facts: [{ label: title, value }] });
			const plain = prepareMessage({
				...signInFails,
				title: 'x',
				summary: message.summary === '' ? '' : 'x',
				facts: [{ label: 'x', value: 'x' }],
			});
			expect(tagsOf(renderHtml(message))).toBe(tagsOf(renderHtml(plain)));
			expect(message.short).toMatch(/^[^\r\n]{1,140}$/);
			expect(renderText(message).split('\n')).toHaveLength(renderText(plain).split('\n').length);
		}),
	);
});
