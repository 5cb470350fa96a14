/**
 * From a person's words to comparable ones: lower case, no accents, contractions opened, small words dropped, phrases and
 * synonyms brought to one word each, endings cut. Declared tables; English, since the words of a runbook decide the language.
 */
import { compareWords } from './word-similarity.ts';

/** Phrases first, longest first; each becomes the words on the right. Matched on whole words after lower-casing. */
const phrases: readonly (readonly [RegExp, string])[] = [
	[/\binternal server errors?\b/g, 'http500'],
	[/\b(?:http )?(?:status )?(?:error )?5(?:00|xx)s?(?: errors?| status)?\b/g, 'http500'],
	[/\bserver errors?\b/g, 'http500'],
	[/\b(?:gateway )?time ?d? ?outs?\b|\btim(?:es|ed|ing) out\b|\b504s?\b/g, 'timeout'],
	[
		/\b(?:hangs?|hanging|stuck|no (?:response|answer|reply)|(?:not|never) (?:respond(?:s|ing)?|answer(?:s|ing)?|finish(?:es|ing)?))\b/g,
		'timeout',
	],
	[
		/\btoo many redirects\b|\b(?:bounc(?:es?|ing|ed)|redirect(?:s|ed|ing)?|sent|goes?|going|keeps? going) (?:\w+ ){0,2}?(?:back and forth|back again|around|in circles|in a circle|forever|endlessly)\b/g,
		'redirect loop',
	],
	[/\bback and forth\b|\bover and over(?: again)?\b|\bround and round\b|\bin circles\b/g, 'loop'],
	[
		/\b(?:log(?:s|ged|ging)?|sign(?:s|ed|ing)?|kick(?:s|ed|ing)?|thrown?|boot(?:s|ed)?) ?(?:\w+ )?out\b|\blogouts?\b|\bsignouts?\b/g,
		'session expire',
	],
	[
		/\b(?:log(?:s|ged|ging)?|sign(?:s|ed|ing)?)[ -]?(?:in|on)(?:to)?\b|\blog ?ins?\b|\bsign ?ins?\b|\bauth(?:n|z)?\b|\bauthenticat\w*\b|\bpasswords?\b|\bcredentials?\b/g,
		'login',
	],
	[
		/\b(?:right|straight) away\b|\bat once\b|\binstant(?:ly)?\b|\bafter (?:(?:a|one|few|some) )*(?:seconds?|moments?|click)\b|\bsoon\b/g,
		'immediate',
	],
	[
		/\b(?:no|zero|missing|without(?: any)?|not (?:any|a single)) (?:items?|results?|rows?|products?|orders?|entries|records?)\b/g,
		'empty list',
	],
	[
		/\b(?:takes?|taking|took) (?:forever|ages|too long|very long|a long time|so long|minutes)\b|\bslow(?:ly|er|ness|down)?\b|\bsluggish\b|\blagg?(?:y|ing|s)?\b|\blaten(?:cy|t)\b|\bcrawl(?:s|ing)?\b|\bperformance\b|\bspeed\b/g,
		'slow',
	],
	[
		/\bnothing (?:\w+ )?(?:shows?|showing|appears?|displays?|displayed|renders?|rendered|on (?:the )?(?:screen|page))(?: up)?\b|\bwhite screen(?: of death)?\b/g,
		'blank page',
	],
	[
		/\bkeeps? (?:on )?(?:re ?directing|re ?loading|re ?freshing|bouncing)\b|\bre ?loads? (?:itself|forever|endlessly|constantly)\b/g,
		'redirect loop',
	],
	[/\b(?:shows?|showing|displays?|lists?|returns?) (?:me |us )?nothing\b/g, 'empty list'],
	[/\bmemory leak(?:s|ing|ed)?\b|\bleak(?:s|ing)? memory\b/g, 'high memory'],
	[/\boverload(?:ed|ing)?\b/g, 'high cpu'],
	[
		/\b(?:site|website|app|application|shop|service|everything|all) (?:is |are |was |went |has gone |completely |totally )*(?:down|offline|dead|unreachable|unavailable)\b/g,
		'application not load',
	],
	[/\b(?:100|9\d) ?%/g, 'high'],
	[/\bout of memory\b|\boom\b/g, 'high memory'],
	[/\b(?:is|are|was|went|goes|completely|totally) down\b|\bdown(?:time)?\b|\boutage\b|\bout of order\b/g, 'not work'],
	[/\bbroken\b|\bbreaks?\b|\bfails?\b|\bfailing\b|\bfailed\b/g, 'not work'],
];

const synonyms: Readonly<Record<string, readonly string[]>> = {
	blank: ['white', 'empty', 'blank', 'void'],
	page: ['page', 'screen', 'view', 'homepage'],
	application: ['application', 'app', 'site', 'website', 'webapp', 'shop', 'service'],
	loop: ['loop', 'circle', 'cycle', 'endless', 'endlessly', 'infinite', 'infinitely', 'repeat'],
	redirect: ['redirect', 'redirection', 'bounce'],
	load: ['load', 'open', 'show', 'appear', 'display', 'render', 'come', 'start', 'fetch'],
	data: ['data', 'record', 'content'],
	database: ['database', 'db', 'convex', 'backend'],
	connect: ['connect', 'connection', 'connectivity', 'reach', 'reachable', 'unreachable'],
	list: ['list', 'table', 'overview'],
	cpu: ['cpu', 'processor', 'core'],
	memory: ['memory', 'ram', 'heap'],
	high: ['high', 'spike', 'max', 'maxed', 'full', 'hot', 'exhausted', 'heavy'],
	usage: ['usage', 'use', 'consumption', 'utilisation', 'utilization'],
	user: ['user', 'customer', 'people', 'everyone', 'everybody', 'nobody', 'visitor', 'client', 'someone', 'anyone', 'person', 'member'],
	not: ['not', 'no', 'never', 'unable', 'cannot', 'without', 'impossible', 'refuse'],
	work: ['work', 'function', 'run'],
	error: ['error', 'exception', 'crash', 'fault'],
	issue: ['issue', 'problem', 'trouble', 'incident'],
	expire: ['expire', 'end', 'lost', 'lose', 'vanish', 'drop', 'forget', 'forgotten', 'invalid'],
	session: ['session'],
	immediate: ['immediate', 'immediately', 'quickly', 'directly'],
};

/** Words that only the phrases use, so that a typing mistake in them can be mended as well. */
const phraseWords =
	'internal server gateway redirects bounced forever circles logged signed kicked authentication authenticate password credentials instantly seconds results products orders records latency sluggish performance nothing memory timeout timeouts'.split(
		' ',
	);

const smallWords = new Set(
	'a an the is are was were be been being it its this that these those there here i we they he she you my our their your his her me us them of in on at to for from with by and or but so as if when while after before then than all some any every each just only very too quite really still again also get gets getting got see seeing sees sometimes always now today do does did has have had can could will would should keep keeps into up out about what why how who happens happening please help everywhere whole'.split(
		' ',
	),
);

/** Words that say that something is wrong without saying what. */
export const vagueWords: ReadonlySet<string> = new Set(['not', 'work', 'error', 'issue', 'user', 'application', 'wrong', 'bad', 'happen']);

const conceptOf: ReadonlyMap<string, string> = new Map(
	Object.entries(synonyms).flatMap(([concept, words]) => words.map((word) => [word, concept])),
);

const knownWords: ReadonlySet<string> = new Set([...conceptOf.keys(), ...phraseWords].filter((word) => word.length >= 5));

/** @returns the words that count, in order, repeats dropped; empty for a text without any. */
export function readWords(text: string): readonly string[] {
	let plain = openContractions(
		text
			.normalize('NFKD')
			.replace(/\p{M}+/gu, '')
			.toLowerCase(),
	);
	plain = plain.replace(/[^\p{L}\p{N}%]+/gu, ' ').trim();
	plain = plain.split(/\s+/).map(mendSpelling).join(' ');
	for (const [phrase, words] of phrases) plain = plain.replace(phrase, words);
	const words = plain.split(/[\s%]+/).filter((word) => word !== '' && !smallWords.has(word));
	return [...new Set(words.map(nameConcept))];
}

/** An unknown word of four letters or more becomes the known word it is nearly; mistakes in the first letter are rare. */
function mendSpelling(word: string): string {
	if (word.length < 4 || knownWords.has(word) || conceptOf.has(cutEnding(word)) || smallWords.has(word)) return word;
	let best = { word, likeness: 0.79 };
	for (const known of knownWords) {
		const likeness = word[0] === known[0] ? compareWords(word, known) : 0;
		if (likeness > best.likeness) best = { word: known, likeness };
	}
	return best.word;
}

function openContractions(text: string): string {
	return text
		.replace(/[’‘`´]/g, "'")
		.replace(/\bcan'?t\b|\bcan not\b/g, 'cannot')
		.replace(/\bwon'?t\b/g, 'not')
		.replace(/n't\b|\b(does|do|did|is|are|was|were|has|have|had|would|could|should)nt\b/g, ' not')
		.replace(/'(s|re|ve|ll|d|m)\b/g, '');
}

function nameConcept(word: string): string {
	return conceptOf.get(word) ?? conceptOf.get(cutEnding(word)) ?? cutEnding(word);
}

/** Cuts the commonest English endings; short words stay. */
export function cutEnding(word: string): string {
	if (word.length <= 3 || /\d/.test(word)) return word;
	if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
	if (word.endsWith('ing') && word.length > 5) return undouble(word.slice(0, -3));
	if (word.endsWith('ed') && word.length > 4) return undouble(word.slice(0, -2));
	if (word.endsWith('ly') && word.length > 5) return word.slice(0, -2);
	if (/(?:ss|sh|ch|x)es$/.test(word)) return word.slice(0, -2);
	if (word.endsWith('s') && !word.endsWith('ss') && !word.endsWith('us')) return word.slice(0, -1);
	return word;
}

function undouble(stem: string): string {
	return /([bdgmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem;
}
