import { describe, expect, it } from 'vitest';
import { readHtml } from '../../page/read-html.ts';
import { readSetCookie } from '../../page/read-set-cookie.ts';
import { findGrade, gradeHeaders } from './grade-headers.ts';
import type { JudgedResponse, PlainHttp } from './modifier.ts';

const good = {
	'strict-transport-security': 'max-age=63072000; includeSubDomains',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'content-security-policy': "default-src 'self'",
};

function make(headers: Record<string, string>, more: Partial<JudgedResponse> = {}): JudgedResponse {
	return {
		url: new URL('https://shop.example/'),
		headers,
		cookies: [],
		page: readHtml('<p>x</p>', 'https://shop.example/'),
		foreign: null,
		plainHttp: { kind: 'redirects', targets: ['https://shop.example/'] },
		...more,
	};
}

const points = (headers: Record<string, string>, prefix: string, more: Partial<JudgedResponse> = {}) =>
	gradeHeaders(make(headers, more))
		.modifiers.filter(({ code }) => code.startsWith(`headers.${prefix}`))
		.map((modifier) => modifier.points);

describe('grades', () => {
	it.each([
		[145, 'A+'],
		[100, 'A+'],
		[99, 'A'],
		[90, 'A'],
		[89, 'A-'],
		[85, 'A-'],
		[80, 'B+'],
		[79, 'B'],
		[70, 'B'],
		[65, 'B-'],
		[60, 'C+'],
		[59, 'C'],
		[50, 'C'],
		[45, 'C-'],
		[40, 'D+'],
		[39, 'D'],
		[30, 'D'],
		[29, 'D-'],
		[25, 'D-'],
		[24, 'F'],
		[0, 'F'],
	])('%s points are %s', (score, grade) => expect(findGrade(score)).toBe(grade));
});

describe('the sum', () => {
	it('begins at 100 and takes every gap', () => expect(gradeHeaders(make({}))).toMatchObject({ score: 30, grade: 'D' }));
	it('adds extras once 90 are reached', () => expect(gradeHeaders(make(good)).score).toBe(110));
	it('adds none below', () => {
		const { 'strict-transport-security': _, ...without } = good;
		expect(gradeHeaders(make(without)).score).toBe(80);
	});
	it('never falls below 0', () =>
		expect(
			gradeHeaders(
				make(
					{},
					{
						foreign: {
							origin: 'https://x.example',
							headers: { 'access-control-allow-origin': 'https://x.example', 'access-control-allow-credentials': 'true' },
						},
					},
				),
			).score,
		).toBe(0));
	it('leaves https rules out on the machine itself only', () => {
		expect(gradeHeaders(make({}, { url: new URL('http://localhost:3000/'), plainHttp: null }))).toMatchObject({
			score: 50,
			transportJudged: false,
		});
		expect(gradeHeaders(make({}, { url: new URL('http://shop.example/'), plainHttp: null }))).toMatchObject({
			score: 10,
			transportJudged: true,
		});
	});
});

describe('Content-Security-Policy', () => {
	it.each([
		["default-src 'none'; form-action 'self'", 10],
		["default-src 'none'; form-action 'none'; script-src 'self'", 10],
		["default-src 'self'", 5],
		["default-src 'self'; script-src 'nonce-abc' 'unsafe-inline'", 5],
		["default-src 'self'; script-src 'strict-dynamic' 'nonce-abc' https: 'unsafe-inline'", 5],
		["default-src 'self'; style-src 'unsafe-inline'", 0],
		["default-src 'self'; script-src 'self' 'unsafe-eval'", -10],
		["default-src 'self'; img-src http:", -10],
		["default-src 'self'; script-src 'self' 'unsafe-inline'", -20],
		["img-src 'self'", -20],
		['default-src *', -20],
		["default-src 'self'; script-src 'self' data:", -20],
		["default-src 'self'; connect-src http://api.example", -20],
		[';;', -25],
	])('%s gives %s', (policy, expected) => expect(points({ 'content-security-policy': policy }, 'csp')).toEqual([expected]));
	it('missing or only reporting takes 25', () => {
		expect(points({}, 'csp')).toEqual([-25]);
		expect(points({ 'content-security-policy-report-only': "default-src 'self'" }, 'csp')).toEqual([-25]);
	});
	it('of several policies the strictest decides, a meta element counts', () => {
		expect(points({ 'content-security-policy': "default-src *, default-src 'self'" }, 'csp')).toEqual([5]);
		expect(
			points({}, 'csp', {
				page: readHtml(`<meta http-equiv="Content-Security-Policy" content="default-src 'self'">`, 'https://shop.example/'),
			}),
		).toEqual([5]);
	});
});

describe('Strict-Transport-Security', () => {
	it.each([
		['max-age=63072000', 0],
		['max-age=15552000; preload', 0],
		['max-age="31536000"', 0],
		['max-age=15551999', -10],
		['max-age=0', -10],
		['includeSubDomains', -20],
	])('%s gives %s', (value, expected) => expect(points({ 'strict-transport-security': value }, 'hsts')).toEqual([expected]));
	it('missing takes 20', () => expect(points({}, 'hsts')).toEqual([-20]));
});

describe('redirection from plain http', () => {
	it.each<[PlainHttp | null, number[]]>([
		[{ kind: 'closed' }, [0]],
		[{ kind: 'answers' }, [-20]],
		[{ kind: 'redirects', targets: ['https://shop.example/'] }, [0]],
		[{ kind: 'redirects', targets: ['https://www.shop.example/'] }, [-5]],
		[{ kind: 'redirects', targets: ['http://www.shop.example/', 'https://www.shop.example/'] }, [-10]],
		[{ kind: 'redirects', targets: ['http://www.shop.example/'] }, [-20]],
		[null, []],
	])('%j gives %j', (plainHttp, expected) => expect(points({}, 'redirection', { plainHttp })).toEqual(expected));
});

describe('one-line headers', () => {
	it.each([
		['x-content-type-options', 'nosniff', 'nosniff', 0],
		['x-content-type-options', 'sniff', 'nosniff', -5],
		['x-frame-options', 'SAMEORIGIN', 'frame', 5],
		['x-frame-options', 'ALLOW-FROM https://x.example', 'frame', 0],
		['x-frame-options', 'nonsense', 'frame', -20],
		['content-security-policy', "frame-ancestors 'none'", 'frame', 5],
		['referrer-policy', 'no-referrer', 'referrer', 5],
		['referrer-policy', 'no-referrer, strict-origin-when-cross-origin', 'referrer', 5],
		['referrer-policy', 'unsafe-url', 'referrer', -5],
		['referrer-policy', 'nonsense', 'referrer', -5],
		['cross-origin-resource-policy', 'same-origin', 'corp', 10],
		['cross-origin-resource-policy', 'cross-origin', 'corp', 0],
		['cross-origin-resource-policy', 'x', 'corp', -5],
		['cross-origin-embedder-policy', 'require-corp', 'coep', 10],
		['cross-origin-opener-policy', 'same-origin; report-to=x', 'coop', 10],
		['cross-origin-opener-policy', 'x', 'coop', -5],
	])('%s: %s', (header, value, prefix, expected) => expect(points({ [header]: value }, prefix)).toEqual([expected]));
	it.each([
		['nosniff', -5],
		['frame', -20],
		['referrer', 0],
	])('%s missing gives %s', (prefix, expected) => expect(points({}, prefix)).toEqual([expected]));
});

describe('cookies', () => {
	it.each([
		[['theme=dark; Secure; SameSite=Lax', 'sid=1; Secure; HttpOnly; SameSite=Lax'], {}, 5],
		[['sid=1; Secure; HttpOnly'], {}, 0],
		[['theme=dark'], good, -5],
		[['sid=1; HttpOnly'], good, -10],
		[['theme=dark'], {}, -20],
		[['csrf=1; Secure'], {}, -20],
		[['theme=dark; Secure; SameSite=Sometimes'], {}, -20],
		[['sid=1; Secure'], {}, -30],
		[['sid=1; HttpOnly', 'theme=dark'], {}, -40],
	])('%j gives %s', (cookies, headers, expected) =>
		expect(points(headers, 'cookies', { cookies: cookies.map(readSetCookie) })).toEqual([expected]),
	);
});

describe('scripts of other hosts', () => {
	it.each([
		['<script src="/a.js"></script>', [0]],
		['<script src="/a.js" integrity="sha384-x"></script>', [5]],
		['<script src="https://cdn.example/a.js" integrity="sha384-x"></script>', [5]],
		['<script src="https://cdn.example/a.js"></script>', [-5]],
		['<script src="http://cdn.example/a.js" integrity="sha384-x"></script>', [-20]],
		['<script src="http://cdn.example/a.js"></script>', [-50]],
		['<p>none</p>', []],
	])('%s gives %j', (html, expected) => expect(points({}, 'sri', { page: readHtml(html, 'https://shop.example/') })).toEqual(expected));
});
