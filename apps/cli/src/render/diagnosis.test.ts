import { describe, expect, it } from 'vitest';
import { allWell, nothingListens, oneFailing, sampleObservation } from '../fixtures/sample-diagnosis.ts';
import { createStyle } from '../terminal/style.ts';
import { measureWidth } from '../terminal/text-width.ts';
import { renderDiagnosis } from './diagnosis.ts';

const layout = { columns: 80, style: createStyle(false) };

describe('renderDiagnosis', () => {
	it('puts the cause first, then the proof, what it is not, and the next step', () => {
		expect(`\n${renderDiagnosis(oneFailing, layout).join('\n')}\n`).toMatchInlineSnapshot(`
			"
			bakery-production · Sign-in Not Working (RUNBOOK.md:51)         1.4 s · 2 checks
			Taken for "Redirect loops" (RUNBOOK.md:56). Also near: Session expires at once
			(RUNBOOK.md:55).

			  Cause   Proxy settings wrong (RUNBOOK.md:60)
			          The proxy in front ends TLS and does not tell the application so.

			  Proof   http.redirects  https://bakery.example redirects to itself: 20 times,
			                          then we stopped
			          2 other checks fail as a consequence.

			  Seen    Redirect loops              https://bakery.example redirects to itself
			  Not it  Token issues                http.csrf: issued, accepted when
			                                      presented, refused when altered
			  ?       Session secret              no check is bound to this line
			          misconfigured               → holdfast runbook bind RUNBOOK.md

			  Next    RUNBOOK.md:66  Check the proxy → forward X-Forwarded-Proto: https
			"
		`);
	});

	it('names a root once, before the issues that it breaks', () => {
		const text = renderDiagnosis(nothingListens, layout).join('\n');
		expect(text.split('Nothing listens')).toHaveLength(3);
		expect(`\n${text}\n`).toMatchInlineSnapshot(`
			"
			bakery-production · all 2 issues                                 1.4 s · 1 check

			  Cause   Nothing listens on 127.0.0.1:5999 (connection refused).
			          The runbook does not name this cause.

			  Proof   net.tcp  Nothing listens on 127.0.0.1:5999 (connection refused).
			          3 other checks fail as a consequence.

			Sign-in Not Working (RUNBOOK.md:51)                               could not tell
			  ?       Proxy settings wrong        the application does not answer
			          Session secret              the application does not answer
			          misconfigured
			          Token issues                the application does not answer

			Page Not Loading (RUNBOOK.md:17)                                         failing
			  Not it  Build errors  http.assets: 9 files answer

			  Next    RUNBOOK.md:33  Check the health endpoint → start the application
			"
		`);
	});

	it('says that nothing is wrong, and what could not be told with what would make it known', () => {
		expect(`\n${renderDiagnosis(allWell, layout).join('\n')}\n`).toMatchInlineSnapshot(`
			"
			bakery-production · Page Not Loading (RUNBOOK.md:17)            1.4 s · 3 checks

			  Nothing is wrong that the runbook knows of. 1 ok, 1 warning, 1 could not tell:
			    tls.certificate  served over plain http: there is no certificate to look at
			                     → holdfast check tls.certificate --url https://…

			  Not it  Build errors  http.assets: 9 files answer

			  Also    http.security-headers  No Content-Security-Policy: 25 points
			"
		`);
	});

	it('says how many issues could not be told instead of that nothing is wrong', () => {
		const [issue] = allWell.diagnosis.issues;
		if (issue === undefined) throw new Error('expected an issue in the sample');
		const untold = { ...issue, state: 'unknown' as const };
		const one = renderDiagnosis({ ...allWell, diagnosis: { ...allWell.diagnosis, issues: [untold] } }, layout).join('\n');
		const some = renderDiagnosis({ ...allWell, diagnosis: { ...allWell.diagnosis, issues: [issue, untold] } }, layout).join('\n');
		expect(one).toContain('The issue could not be told.');
		expect(some).toContain('1 of 2 issues could not be told.');
		expect(one + some).not.toContain('Nothing is wrong that');
	});

	it('calls nothing well of a service of which only the network was seen', () => {
		const observations = [sampleObservation({ check: 'net.dns', state: 'ok', reason: 'resolves' })];
		const diagnosis = { ...allWell.diagnosis, issues: [], observations };
		const text = renderDiagnosis({ ...allWell, basis: 'general', diagnosis }, layout).join('\n');
		expect(text).toContain('Whether the application works could not be told.');
		expect(text).not.toContain('Nothing is wrong');
	});

	it.each([40, 60, 80, 120])('keeps within %i columns', (columns) => {
		for (const report of [oneFailing, nothingListens, allWell]) {
			for (const line of renderDiagnosis(report, { ...layout, columns })) expect(measureWidth(line)).toBeLessThanOrEqual(columns);
		}
	});

	it('lets no escape sequence of a server reach the terminal', () => {
		const [first] = oneFailing.diagnosis.observations;
		if (first === undefined) throw new Error('expected an observation in the sample');
		const evil = {
			...oneFailing,
			diagnosis: { ...oneFailing.diagnosis, observations: [{ ...first, reason: 'ok\u001b]0;owned\u0007\u001b[2J' }] },
		};
		const text = renderDiagnosis(evil, layout).join('\n');
		expect(text.includes('\u001b') || text.includes('\u0007')).toBe(false);
	});
});
