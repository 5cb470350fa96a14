import { describe, expect, it } from 'vitest';
import { planWriting } from '../directive/write.ts';
import type { Runbook } from '../model.ts';
import { outsideChecks } from '../propose/fixtures/check-catalogue.ts';
import { shopDocument } from '../propose/fixtures/shop-document.ts';
import { proposeBindings } from '../propose/propose-bindings.ts';
import { readRunbook } from '../read.ts';
import { listLiveLines } from './list-live-lines.ts';
import { measureCoverage } from './measure-coverage.ts';

function read(text: string): Runbook {
	const reading = readRunbook(text);
	if (!reading.ok) throw new Error('expected a document that can be read');
	return reading.runbook;
}

const runbook = read(shopDocument);
const bound = read(planWriting(shopDocument, runbook, proposeBindings(runbook, outsideChecks)).text);
const whyOf = (text: string, document = bound): string | undefined =>
	measureCoverage(document, outsideChecks).rest.find((line) => line.text.startsWith(text))?.why.sentence;

describe('C1 to C3: lines that could be live', () => {
	it('are the innermost ones; a step with substeps only if it has a command or a binding', () => {
		const texts = listLiveLines(runbook).map((line) => line.text);
		expect(texts).toEqual([
			'A blank page',
			'HTTP 500 errors',
			'Environment variables missing',
			'Connection to Convex: convex connection failure',
			'The build is broken',
			'Ask the health endpoint',
			'Check NEXT_PUBLIC_CONVEX_URL is set',
			'Verify SESSION_SECRET is set and at least 32 characters',
			'Test the Convex connection',
			'Convex status',
			'Roll back (if a deployment was recent)',
			'Document what happened',
			'Review application logs',
			'Check the greenhouse',
			'SSL certificate valid',
			'Security headers present',
			'On-Call Engineer: [Contact Info]',
			'Ben: ben@shop.org',
			'Health check',
			'Home page',
			'Build',
		]);
	});

	it('are counted once, though an issue and its procedure both hold them', () => {
		const addresses = listLiveLines(runbook).map((line) => line.address);
		expect(new Set(addresses).size).toBe(addresses.length);
	});
});

describe('C4 to C7: coverage', () => {
	it('is nothing before anything is declared, unless certain proposals count', () => {
		expect(measureCoverage(runbook, outsideChecks)).toMatchObject({ live: 0, couldBeLive: 21, persons: 0 });
		expect(measureCoverage(runbook, outsideChecks, { counting: 'certain' })).toMatchObject({ live: 11, couldBeLive: 20, persons: 1 });
	});

	it('is the same once the certain ones are written', () => {
		expect(measureCoverage(bound, outsideChecks)).toMatchObject({ live: 11, couldBeLive: 20, persons: 1, ignored: 0 });
	});

	it('is told by top-level section, whose sums are the whole', () => {
		const coverage = measureCoverage(bound, outsideChecks);
		expect(coverage.sections.map(({ title, live, couldBeLive }) => `${title} ${live}/${couldBeLive}`)).toEqual([
			'Common Issues 6/9',
			'Emergency Procedures 1/2',
			'Maintenance 0/2',
			'Monitoring Checklist 2/2',
			'Contacts 0/2',
			'Useful Commands 2/3',
		]);
		expect(coverage.rest).toHaveLength(coverage.couldBeLive - coverage.live);
	});

	it.each([
		['On-Call Engineer', 'placeholder: nobody would be woken'],
		['Verify SESSION_SECRET', 'a check for it, env.secret, does not exist in this version'],
		['Roll back', 'an action for it, release.rollback, does not exist in this version'],
		['Check the greenhouse', 'a task for it, daily, does not exist in this version'],
	])('says why "%s" is not live', (text, why) => expect(whyOf(text)).toBe(why));

	it('says which proposal waits', () =>
		expect(whyOf('A blank page', runbook)).toBe('check: http.page is proposed and waits for acceptance (B5, certain)'));

	it('puts first what matters most: the contact that would wake nobody, then what stands in emergencies', () => {
		expect(
			measureCoverage(bound, outsideChecks)
				.rest.slice(0, 2)
				.map((line) => line.text),
		).toEqual(['On-Call Engineer: [Contact Info]', 'Roll back (if a deployment was recent)']);
	});

	it('C5 counts no binding that the catalogue does not have or that is wrong, and none of a person', () => {
		const text =
			'# Shop\n\n## Common Issues\n\n### Down\n\n**Symptoms**:\n- One <!-- check: gone.away -->\n- Two <!-- check: http.status status=abc -->\n- Three <!-- person: confirm -->\n- Four <!-- ignore: old -->\n- Five <!-- check: http.status -->\n\n**Possible Causes**:\n- Six\n';
		expect(measureCoverage(read(text), outsideChecks)).toMatchObject({ live: 1, couldBeLive: 4, persons: 1, ignored: 1 });
	});
});
