import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../catalogue.ts';
import { formatDirective } from '../directive/grammar.ts';
import { validateDirectives } from '../directive/validate.ts';
import { planWriting } from '../directive/write.ts';
import type { Runbook } from '../model.ts';
import { readRunbook } from '../read.ts';
import { applyBindings } from './apply-bindings.ts';
import { outsideChecks } from './fixtures/check-catalogue.ts';
import { shopDocument } from './fixtures/shop-document.ts';
import type { Proposal } from './proposal.ts';
import { proposeAll, proposeBindings } from './propose-bindings.ts';
import { fallbackRules, lineRules } from './rules.ts';

function read(text: string): Runbook {
	const reading = readRunbook(text);
	if (!reading.ok) throw new Error('expected a document that can be read');
	return reading.runbook;
}

const show = (proposals: readonly Proposal[]): readonly string[] =>
	proposals.map(({ line, binding }) => `${line} ${formatDirective(binding)} (${binding.rule} ${binding.certainty})`);

describe('proposeBindings', () => {
	it('binds what the document asks for and the catalogue has, and nothing else', () => {
		expect(show(proposeBindings(read(shopDocument), outsideChecks))).toEqual([
			'10 check: http.page (B5 certain)',
			'11 check: http.status (B6 certain)',
			'15 check: convex.reachable (B29 certain)',
			'16 check: http.assets (B7 certain)',
			'20 check: http.health path=/api/health expect="{\\"status\\":\\"ok\\"}" (B1 certain)',
			'26 cause: 1 (B66 certain)',
			'30 check: convex.reachable (B29 certain)',
			'30 cause: 2 (B66 certain)',
			'40 check: vendor.status vendor=convex (B45 certain)',
			'45 person: note (B61 certain)',
			'58 check: tls.certificate (B35 certain)',
			'59 check: http.security-headers (B36 certain)',
			'72 check: http.health path=/api/health (B1 certain)',
			'75 check: http.status path=/ (B4 certain)',
		]);
	});

	it('knows more than the catalogue, for the day when it exists', () => {
		const ids = proposeAll(read(shopDocument)).map(({ binding }) => binding.id);
		expect(ids).toEqual(
			expect.arrayContaining([
				'env.present',
				'env.secret',
				'release.build',
				'release.rollback',
				'daily',
				'logs.errors',
				'command.run',
				'notify.send',
			]),
		);
	});

	it('B95 proposes nothing that is declared, and nothing for a line that somebody took on or dismissed', () => {
		const declared = shopDocument
			.replace('- A blank page', '- A blank page <!-- check: http.page path=/products -->')
			.replace('- HTTP 500 errors', '- HTTP 500 errors <!-- person: confirm -->')
			.replace('- [ ] SSL certificate valid', '- [ ] SSL certificate valid <!-- ignore: elsewhere -->');
		const lines = proposeBindings(read(declared), outsideChecks).map(({ line }) => line);
		expect(lines).not.toEqual(expect.arrayContaining([10]));
		expect(lines.filter((line) => line === 10 || line === 11 || line === 58)).toEqual([]);
	});

	it('B94 leaves out parameters that the catalogue does not know, and says that this is less', () => {
		const narrow: Catalogue = { entries: [{ kind: 'check', id: 'http.health', title: 'Health', params: [] }] };
		expect(show(proposeBindings(read(shopDocument), narrow)).filter((line) => line.includes('check'))).toEqual([
			'20 check: http.health (B1 likely)',
			'72 check: http.health (B1 likely)',
		]);
		const strict: Catalogue = {
			entries: [
				{
					kind: 'check',
					id: 'http.page',
					title: 'Page',
					params: [{ name: 'text', kind: 'string', required: true, example: 'text=x', description: 'text' }],
				},
			],
		};
		expect(show(proposeBindings(read(shopDocument), strict)).filter((line) => line.includes('check'))).toEqual([]);
	});

	it('never makes a check of a request that writes or shows who asks', () => {
		for (const flags of ['-X POST', '-d a=b', '-H "Authorization: Bearer x"', '-u ada:x', '--json "{}"', '-b a=b', '-T file']) {
			const text = shopDocument.replaceAll('curl https', `curl ${flags} https`);
			expect(proposeAll(read(text)).filter(({ binding }) => binding.rule === 'B1' || binding.rule === 'B4')).toEqual([]);
		}
	});

	it('claims little of a document about other things', () => {
		const text =
			'# etcd\n\n## Alerts\n\n| Alert | Cause | Fix |\n|---|---|---|\n| DNS failures | Resolver down | Restart CoreDNS |\n| High memory | Cache | Scale |\n\n## Members\n\n1. Check the memory usage of each member\n2. Check backups\n';
		expect(proposeAll(read(text)).filter(({ binding }) => binding.certainty === 'certain')).toEqual([]);
	});

	it('gives every rule a number of its own', () => {
		const ids = [...lineRules, ...fallbackRules].map((rule) => rule.id);
		expect(new Set(ids).size).toBe(ids.length);
	});
});

describe('applyBindings', () => {
	it('gives the nodes what was proposed, declared first, and leaves the model it came from alone', () => {
		const runbook = read(shopDocument.replace('- A blank page', '- A blank page <!-- check: http.assets -->'));
		const bound = applyBindings(runbook, proposeBindings(runbook, outsideChecks));
		expect(bound.issues[0]?.symptoms[0]?.bindings.map(({ id, certainty }) => `${id} ${certainty}`)).toEqual([
			'http.assets declared',
			'http.page certain',
		]);
		expect(runbook.issues[0]?.symptoms[0]?.bindings).toHaveLength(1);
		expect(bound.procedures[0]?.steps[0]?.bindings).toEqual(bound.issues[0]?.steps[0]?.bindings);
	});
});

describe('D8: commands of one fence', () => {
	it('are told apart by their label, written above the fence and read back', () => {
		const runbook = read(shopDocument);
		const plan = planWriting(shopDocument, runbook, proposeBindings(runbook, outsideChecks));
		expect(plan.text).toContain(
			'<!-- check: http.health path=/api/health for="Health check" -->\n<!-- check: http.status path=/ for="Home page" -->\n```bash\n# Health check',
		);
		const again = read(plan.text);
		expect(validateDirectives(again, outsideChecks)).toEqual([]);
		expect(applyBindings(again, []).commands.map((ref) => ref.bindings.map(({ id }) => id))).toEqual([
			['http.health'],
			['http.status'],
			[],
		]);
		expect(proposeBindings(again, outsideChecks)).toEqual([]);
		const wrong = read(plan.text.replace('for="Home page"', 'for="Hone page"'));
		expect(validateDirectives(wrong, outsideChecks)).toMatchObject([{ rule: 'D8', line: 71, hint: 'Did you mean Home page?' }]);
	});
});
