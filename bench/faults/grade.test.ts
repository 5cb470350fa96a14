import { describe, expect, it } from 'vitest';
import { issueTitles } from './fault.mjs';
import { grade, listFalseAlarms } from './grade.mjs';

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
		const told = { roots: [root('env.too-short', [issueTitles['sign-in'], 10])], issues: [signIn('confirmed', 'ruled-out')] };
		expect(grade(short, told)).toEqual({ detected: true, top1: true, echoes: [], said: 'env.too-short', confirmed: ['sign-in/1'] });
	});

	it('numbers causes by their place in the document, not by their rank', () => {
		const issue = { ...signIn('ruled-out', 'confirmed'), causes: [...signIn('ruled-out', 'confirmed').causes].reverse() };
		expect(grade(short, { roots: [root('env.too-short', [issueTitles['sign-in'], 11])], issues: [issue] }).confirmed).toEqual([
			'sign-in/2',
		]);
	});

	it('calls a further root an echo unless the fault does two things', () => {
		const told = {
			roots: [root('env.too-short', [issueTitles['sign-in'], 10]), root('login.refused')],
			issues: [signIn('confirmed')],
		};
		expect(grade(short, told).echoes).toEqual(['login.refused']);
		expect(grade({ ...short, alsoRoots: /^login\./ }, told).echoes).toEqual([]);
	});

	it('calls a confirmed cause that is not the fault an echo, and takes the same fault in another issue', () => {
		const told = {
			roots: [root('env.too-short', [issueTitles['sign-in'], 10], [issueTitles.load, 10])],
			issues: [load('confirmed', 'ruled-out'), signIn('confirmed', 'confirmed')],
		};
		expect(grade(short, told).echoes).toEqual(['sign-in/2']);
		expect(grade(short, told).top1).toBe(true);
	});

	it('is wrong when the first root confirms nothing that was expected', () => {
		const told = { roots: [root('env.too-short')], issues: [signIn('could-not-tell')] };
		expect(grade(short, told)).toMatchObject({ detected: true, top1: false });
	});

	it('is missed when nothing is said to be wrong', () => {
		expect(grade(short, { roots: [], issues: [{ ...signIn('ruled-out'), state: 'well' }] })).toMatchObject({
			detected: false,
			top1: false,
		});
	});

	it('asks only for the root where the runbook knows no cause', () => {
		const unknown = { causes: [], root: /^tls\./ };
		expect(grade(unknown, { roots: [root('tls.expired')], issues: [signIn('could-not-tell')] })).toMatchObject({ top1: true, echoes: [] });
	});
});

describe('false alarms on the healthy deployment', () => {
	it('are failing issues, roots and confirmed causes', () => {
		expect(listFalseAlarms({ roots: [root('x.y')], issues: [signIn('confirmed')] })).toEqual([
			'"Sign-in does not work" failing',
			'x.y',
			'sign-in/1',
		]);
		expect(listFalseAlarms({ roots: [], issues: [{ ...signIn('ruled-out'), state: 'well' }] })).toEqual([]);
	});
});
