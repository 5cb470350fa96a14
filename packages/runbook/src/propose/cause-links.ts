import { keyOfBinding } from '../directive/rebind.ts';
import type { Binding, Issue, Step } from '../model.ts';
import type { Proposal } from './proposal.ts';
import { findVendors } from './vendors.ts';

/** Words that stand in steps and causes alike and say nothing about which belongs to which. */
const common = new Set(
	'answer answers ask asked enough far few less many more most much than asks compare find gave give gives keep made makes measure opens put puts read reads room run runs send sends sent show shows start stop take takes use uses work works a about above action after all also an and any application apps app are as at be been but by can check checks correct correctly data do does due error errors exceeded fail failed failing failure failures fix for from get has have high if in incorrect incorrectly invalid is issue issues it its large look low make may misconfigured misconfiguration missing no not of on or our out over problem problems recent review see service set should slow so some status step such sure system test than that the their them then there they this to too true up update use user users verify was we were what when where which who why will with wrong you your inefficient'.split(
		' ',
	),
);

const changing =
	/^(?:\W*)(?:add|adjust|apply|clear|configure|decrease|deploy|disable|enable|fix|implement|improve|increase|install|kill|migrate|optimi[sz]e|patch|purge|reduce|reset|restart|restore|revert|roll ?back|rotate|scale|set up|upgrade)\b/i;

/**
 * Proposes which cause of its issue a step looks into (rule B66): by words that only that cause has, by variable names, and by
 * checks that both are bound to. A step that changes something looks into nothing; then its substeps are asked one by one, as
 * they are where a step as a whole speaks for no cause.
 *
 * @param bindingsOf what the other rules propose for an address, whether or not the catalogue has it
 */
export function proposeCauses(issue: Issue, bindingsOf: (address: string) => readonly Binding[]): readonly Proposal[] {
	if (issue.causes.length === 0 || issue.source === 'table_row') return [];
	const causes = issue.causes.map((cause) => ({ words: wordsOf(cause.text), keys: checksOf(bindingsOf(cause.address)) }));
	const weights = new Map<string, number>();
	for (const { words, keys } of causes) for (const shared of [...words, ...keys]) weights.set(shared, (weights.get(shared) ?? 0) + 1);
	const judge = (step: Step, inner: boolean): Proposal | null => {
		const words = wordsOf([step.text, ...step.envs].join(' '));
		const own = checksOf(bindingsOf(step.address));
		const below = new Set(inner ? [] : listSteps(step).flatMap((part) => [...checksOf(bindingsOf(part.address))]));
		const scores = causes.map((cause) => {
			let score = 0;
			for (const word of cause.words) if (words.has(word)) score += (inner && isVendor(word) ? 0.5 : 1) / (weights.get(word) ?? 1);
			// What one substep measures speaks for the whole step only when the step's own words do.
			for (const key of cause.keys) if (own.has(key) || (score > 0 && below.has(key))) score += 1 / (weights.get(key) ?? 1);
			return score;
		});
		const best = scores.reduce((high, score) => Math.max(high, score), 0);
		const second = scores.reduce((high, score, index) => (index === scores.indexOf(best) ? high : Math.max(high, score)), 0);
		if (best < 1 || best <= second) return null;
		const certainty = best >= 2 * second ? 'certain' : 'likely';
		return {
			address: step.address,
			line: step.line,
			binding: { kind: 'cause', id: String(scores.indexOf(best) + 1), params: {}, rule: 'B66', certainty },
		};
	};
	return issue.steps.flatMap((step) => {
		const whole = step.form === 'comment' || changes(step) ? null : judge(step, false);
		if (whole !== null) return [whole];
		return step.substeps.flatMap((inner) => (changes(inner) ? [] : (judge(inner, true) ?? [])));
	});
}

function changes(step: Step): boolean {
	return step.changes !== 'none' || changing.test(step.text);
}

function checksOf(bindings: readonly Binding[]): ReadonlySet<string> {
	return new Set(bindings.filter((binding) => binding.kind === 'check' && binding.certainty !== 'guess').map(keyOfBinding));
}

function listSteps(step: Step): readonly Step[] {
	return [step, ...step.substeps.flatMap(listSteps)];
}

function isVendor(word: string): boolean {
	return findVendors(word).length > 0;
}

/** Significant words without their endings: `queries` and `query` are one. */
function wordsOf(text: string): ReadonlySet<string> {
	const words = text
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word.length > 2 && !common.has(word));
	return new Set(
		words.map((word) =>
			word
				.replace(/ies$/, 'y')
				.replace(/(?<=[^su])s$/, '')
				.replace(/(?<=\w{4})(?:ing|ed)$/, ''),
		),
	);
}
