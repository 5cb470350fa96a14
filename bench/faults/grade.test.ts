import { describe, expect, it } from 'vitest';
import { issueTitles } from './fault.mjs';
import { grade, gradeTogether, listFalseAlarms } from './grade.mjs';

const causes = (issue: string, verdicts: readonly string[]) =>
	verdicts.map((verdict, index) => ({ text: `${issue} ${index + 1}`, line: 10 + index, verdict, reason: '' }));
const signIn = (...verdicts: string[]) => ({ title: issueTitles['sign-in'], state: 'failing', causes: causes('sign-in', verdicts) });
const load = (...verdicts: string[]) => ({ title: issueTitles.load, state: 'failing', causes: causes('load', verdicts) });
const root = (code: string, ...named: readonly [issue: string, line: number][]) => ({
	code,
	message: '',
	causes: named.map(([issue, line]) => ({ issue, text: '', line })),
});
const short = { causes: ['sign-in/1'], also: ['load/1'], root: /^env\.too-short$/ } as const;

describe('grading a diagnosis against what is broken', () => {
	it('is right when the first root is the fault and names the cause', () => {
		const told = { advice: [], roots: [root('env.too-short', [issueTitles['sign-in'], 10])], issues: [signIn('confirmed', 'ruled-out')] };
		expect(grade(short, told)).toEqual({
			detected: true,
			top1: true,
			echoes: [],
			said: 'env.too-short',
			confirmed: ['sign-in/1'],
			couldNotTell: 0,
		});
	});

	it('numbers causes by their place in the document, not by their rank', () => {
		const issue = { ...signIn('ruled-out', 'confirmed'), causes: [...signIn('ruled-out', 'confirmed').causes].reverse() };
		expect(grade(short, { advice: [], roots: [root('env.too-short', [issueTitles['sign-in'], 11])], issues: [issue] }).confirmed).toEqual([
			'sign-in/2',
		]);
	});

	it('calls a further root an echo unless the fault does two things', () => {
		const told = {
			advice: [],
			roots: [root('env.too-short', [issueTitles['sign-in'], 10]), root('login.refused')],
			issues: [signIn('confirmed')],
		};
		expect(grade(short, told).echoes).toEqual(['login.refused']);
		expect(grade({ ...short, alsoRoots: /^login\./ }, told).echoes).toEqual([]);
	});

	it('calls a confirmed cause that is not the fault an echo, and takes the same fault in another issue', () => {
		const told = {
			advice: [],
			roots: [root('env.too-short', [issueTitles['sign-in'], 10], [issueTitles.load, 10])],
			issues: [load('confirmed', 'ruled-out'), signIn('confirmed', 'confirmed')],
		};
		expect(grade(short, told).echoes).toEqual(['sign-in/2']);
		expect(grade(short, told).top1).toBe(true);
	});

	it('is wrong when the first root confirms nothing that was expected', () => {
		const told = { advice: [], roots: [root('env.too-short')], issues: [signIn('could-not-tell')] };
		expect(grade(short, told)).toMatchObject({ detected: true, top1: false });
	});

	it('is missed when nothing is said to be wrong', () => {
		expect(grade(short, { advice: [], roots: [], issues: [{ ...signIn('ruled-out'), state: 'well' }] })).toMatchObject({
			detected: false,
			top1: false,
		});
	});

	it('asks only for the root where the runbook knows no cause', () => {
		const unknown = { causes: [], root: /^tls\./ };
		expect(grade(unknown, { advice: [], roots: [root('tls.expired')], issues: [signIn('could-not-tell')] })).toMatchObject({
			top1: true,
			echoes: [],
		});
	});
});

describe('grading advice', () => {
	const uncompressed = { causes: [], root: /^caching\.uncompressed$/, isAdvice: true } as const;

	it('is right when it is told and nothing is blamed', () => {
		const told = { advice: [{ code: 'caching.uncompressed' }], roots: [], issues: [{ ...signIn('ruled-out'), state: 'well' }] };
		expect(grade(uncompressed, told)).toMatchObject({ detected: true, top1: true, echoes: [] });
	});

	it('is missed without it, and wrong beside a root', () => {
		expect(grade(uncompressed, { advice: [], roots: [], issues: [] })).toMatchObject({ detected: false, top1: false });
		expect(grade(uncompressed, { advice: [{ code: 'caching.uncompressed' }], roots: [root('x.y')], issues: [] })).toMatchObject({
			detected: true,
			top1: false,
			echoes: ['x.y'],
		});
	});
});

describe('grading two faults at once', () => {
	const chunk = { causes: ['load/3'], root: /^build\./ } as const;
	const both = {
		advice: [],
		roots: [root('build.missing-files', [issueTitles.load, 12]), root('env.too-short', [issueTitles['sign-in'], 10])],
		issues: [load('ruled-out', 'could-not-tell', 'confirmed'), signIn('confirmed')],
	};

	it('is right when both are roots and both causes are confirmed', () => {
		expect(gradeTogether([short, chunk], both)).toMatchObject({ detected: true, top1: true, echoes: [], couldNotTell: 1 });
	});

	it('is missed when one is not among the roots, and a third root is an echo', () => {
		expect(gradeTogether([short, chunk], { ...both, roots: both.roots.slice(1) })).toMatchObject({ detected: false });
		expect(gradeTogether([short, chunk], { ...both, roots: [...both.roots, root('x.y')] }).echoes).toEqual(['x.y']);
	});

	it('is wrong when a cause of one is not confirmed', () => {
		expect(gradeTogether([short, chunk], { ...both, issues: [load('ruled-out'), signIn('confirmed')] }).top1).toBe(false);
	});
});

describe('false alarms on the healthy deployment', () => {
	it('are failing issues, roots and confirmed causes', () => {
		expect(listFalseAlarms({ advice: [], roots: [root('x.y')], issues: [signIn('confirmed')] })).toEqual([
			'"Sign-in does not work" failing',
			'x.y',
			'sign-in/1',
		]);
		expect(listFalseAlarms({ advice: [], roots: [], issues: [{ ...signIn('ruled-out'), state: 'well' }] })).toEqual([]);
	});
});
