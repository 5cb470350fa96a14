import type { Threshold } from '../model.ts';

type Operator = Threshold['operator'];

/** Words before a number, longest first, with what they mean (rules T5 and T6). */
const comparators: readonly (readonly [RegExp, Operator])[] = [
	[/(?:>=|=>|≥|⩾)\s*$/, '>='],
	[/(?:<=|=<|≤|⩽)\s*$/, '<='],
	[/(?<![-=])>\s*$/, '>'],
	[/<(?![-=])\s*$/, '<'],
	[/\s==?\s*$|==\s*$/, '='],
	[
		/\b(?:(?:no|not) (?:more|greater|higher|longer|slower) than|(?:no|not) (?:above|over|exceed(?:ing)?)|(?:does|do|should|must|shall|may|can|will) ?n[o']t (?:exceed|go (?:above|over))|must never exceed|at most|up to|(?:a )?max(?:imum)?(?: of)?|not exceed(?:ing)?)\s*:?\s*$/i,
		'<=',
	],
	[/\b(?:(?:no|not) (?:less|fewer|lower) than|(?:no|not) (?:below|under)|at least|(?:a )?min(?:imum)?(?: of)?)\s*:?\s*$/i, '>='],
	[/\b(?:more than|greater than|higher than|longer than|larger than|older than|over|above|exceed(?:s|ing)?|beyond|in excess of)\s*$/i, '>'],
	[/\b(?:less than|fewer than|lower than|smaller than|shorter than|faster than|younger than|below|under|beneath)\s*$/i, '<'],
	[/\bwithin\s*$/i, '<='],
	[/\b(?:equals?(?: to)?|exactly)\s*$/i, '='],
];

const units: readonly (readonly [RegExp, string])[] = [
	[/^(?:%|percent\b|per cent\b|pct\b)/i, '%'],
	[/^(?:ms\b|msecs?\b|milliseconds?\b)/i, 'ms'],
	[/^(?:µs\b|us\b|microseconds?\b)/i, 'µs'],
	[/^(?:s\b|secs?\b|seconds?\b)/i, 's'],
	[/^(?:min\b|mins\b|minutes?\b|m\b)/i, 'min'],
	[/^(?:h\b|hrs?\b|hours?\b)/i, 'h'],
	[/^(?:d\b|days?\b)/i, 'd'],
	[/^(?:weeks?\b)/i, 'weeks'],
	[/^(?:months?\b)/i, 'months'],
	[/^(?:characters?\b|chars?\b)/i, 'characters'],
	[/^(?:bytes?\b)/i, 'bytes'],
	[/^([KMGT]i?B)\b/, '$1'],
	[/^([kmgt]i?b)\b/i, '$1'],
	[/^(?:(?:req(?:uests?)?|queries)\s*(?:\/|per )\s*s(?:ec(?:ond)?)?\b|rps\b|qps\b)/i, 'req/s'],
	[/^(?:(?:req(?:uests?)?)\s*(?:\/|per )\s*min(?:ute)?\b|rpm\b)/i, 'req/min'],
	[
		/^(errors?|requests?|connections?|messages?|jobs?|items?|rows?|users?|failures?|replicas?|pods?|instances?|attempts?|retries|sessions?|cores?|points?|events?|restarts?|bits?|versions?)\b/i,
		'$1',
	],
];

const numberPattern = /(?<![\w.,-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w.]*\d)/g;

/**
 * Reads a comparison with a number: `Uptime > 99.9%`, "error rate below 1 %", "at least 32 characters" (rules T5 to T8).
 * The metric is in the document's words and may be empty; the unit is `%`, `ms`, `s`, `min`, `h`, `d`, a word, or empty.
 *
 * @returns the first comparison of the text, or null
 */
export function readThreshold(text: string): Threshold | null {
	const plain = text.replace(/[*_]{2}|`/g, '').replace(/[\u00a0\u2009\u202f]/g, ' ');
	if (!/\d/.test(plain)) return null;
	for (const match of plain.matchAll(numberPattern)) {
		const before = plain
			.slice(Math.max(0, match.index - 200), match.index)
			.replace(/(?:about|around|roughly|approximately|~|≈|[$€£])\s*$/i, '');
		const comparator = comparators.find(([pattern]) => pattern.test(before));
		const after = plain.slice(match.index + match[0].length);
		if (comparator === undefined || /^\s?(?:st|nd|rd|th)\b/.test(after)) continue;
		const [pattern, operator] = comparator;
		const metric = readMetric(before.replace(pattern, ''), operator);
		const unit = readUnit(after);
		// A letter glued to the number that is no unit: `2FA`, `3x`, `v1`.
		if (metric === null || (unit === '' && /^[A-Za-z]/.test(after))) continue;
		if (/\bwithin\s*$/i.test(before) && !/time|latency|duration|delay|\bp\d\d/i.test(metric) && !/^m?s$/.test(unit)) continue;
		if (/\b(?:up to)\s*$/i.test(before) && metric === '') continue;
		return { metric, operator, value: Number(`${(match[1] as string).replaceAll(',', '')}${match[2] ?? ''}`), unit };
	}
	return null;
}

function readUnit(after: string): string {
	const text = after.replace(/^\s?/, '');
	for (const [pattern, unit] of units) {
		const found = pattern.exec(text);
		if (found !== null) return unit === '$1' ? (found[1] ?? '') : unit;
	}
	return '';
}

const leads =
	/^(?:[-*+•]\s+|\[[ x]\]\s+|(?:check|verify|ensure|confirm|make sure|monitor|that|if|when|whether|the|alert (?:if|when|on)|should see|expect(?:ed)?:?|#)\s+)+/i;
const trails =
	/(?:\s+(?:is|are|be|stays?|remains?|should(?: be| stay| remain)?|must(?: be)?|set and|set to|of|and|to|at|was|were|has|have|goes|rises?|drops?|falls?|kept?|staying|has to be|with|by)|[:=(,–—-])+$/i;

/** The words before the comparison, bare; null when they show that this is none (a path of menus, a question). */
function readMetric(before: string, operator: Operator): string | null {
	// `Settings > Security > 2`: menus, not a comparison.
	if (operator === '>' && / > /.test(before)) return null;
	let metric = before.slice(Math.max(before.lastIndexOf('. '), before.lastIndexOf('; '), before.lastIndexOf('\n')) + 1).trim();
	if (metric.endsWith('?')) return null;
	for (let round = 0; round < 4; round += 1) metric = metric.replace(leads, '').replace(trails, '').trim();
	// "Can we fix it quickly (<15 min)?" asks; it does not set a limit.
	if (
		/^(?:can|could|do|does|did|is|are|has|have|will|would|should|what|who|how)\s/i.test(metric) &&
		/^\s*(?:can|could|do|does|did|will|would|what|who|how|is|are|has|have)\b/i.test(before)
	)
		return null;
	if (operator === '=' && !/^[A-Za-z][\w .%-]*$/.test(metric)) return null;
	return metric
		.replace(/^(?:is|are|set|be|stays?|remains?)(?:\s+|$)/i, '')
		.replace(/\s+(?:is|are)\s+set$/i, '')
		.trim();
}
