import type { Expect } from '../model.ts';
import { readThreshold } from './read-threshold.ts';

const speaks =
	/\b(?:should (?:(?:now|also|still|all|only|then|not) )?(?:return|see|show|be(?!\s+(?:run|done|able|used|avoided|considered|taken)\b)|contain|say|print|respond|have|report|read|list|display|output|exit|get|look like|appear|include|answer|match|start|end|equal|resolve|point)\b|shouldn['’]t\b|expect(?:ed|s)?\b|must (?:not )?(?:return|show|be|contain|print|say|include|respond|answer)\b|returns?\b(?! to\b)|responds?\b(?! to\b)|answers? with\b|outputs?:|prints?\b|look(?:ing)? for\s*(?::|["'`])|you(?:'ll| will| should) see\b|would (?:return|see|show)\b)/i;
const plainStatus = /^(?:HTTP(?:\/\d(?:\.\d)?)?|status(?: code)?|code)?\s*:?\s*([1-5]\d\d)(?:\s+[A-Z][A-Za-z ]*)?\.?$/;
const statusAfter =
	/\b(?:HTTP(?:\/\d(?:\.\d)?)?(?:\s+status)?(?:\s+code)?|status(?:\s+code)?|returns?(?:\s+an?)?|responds?(?:\s+with)?(?:\s+an?)?|answers?\s+with|expect(?:ed|s)?(?:\s+an?)?(?:\s+response)?(?:\s+of)?|see(?:\s+an?)?|be(?:\s+an?)?|get(?:\s+an?)?|is|a|an)\s*[:=]?\s*\(?`?(?:HTTP(?:\/\d(?:\.\d)?)?\s+)?(?:status\s+(?:code\s+)?)?([1-5]\d\d)\b(?!\s*(?:ms|s|%|characters|chars|bytes|[KMG]B|seconds|requests|users|rows|items|errors)\b|[.,]?\d|-)/gi;
const negated = /\b(?:not|never|no|without)\b|n't\b/i;
const conditional = /^\s*(?:if|when|in case|unless|whenever)\b/i;

/**
 * Reads what a text says should come out: a JSON value, a status, an exit code, a text to be found, a limit, or words
 * (rules T1 to T4). Sentences that only tell what to do give nothing. Nothing is guessed from a negation: it stays words.
 *
 * @param text a paragraph, a list item or a comment of a fence
 */
export function readExpectations(text: string): readonly Expect[] {
	const found: Expect[] = [];
	for (const sentence of sentencesOf(text)) {
		const expect = readSentence(sentence);
		if (expect !== null) found.push(expect);
	}
	return found;
}

/** Splits at sentence ends and line ends, never inside backticks, quotes or braces. */
function sentencesOf(text: string): readonly string[] {
	const sentences: string[] = [];
	let start = 0;
	let depth = 0;
	let tick = false;
	let quote = false;
	for (let at = 0; at < text.length; at += 1) {
		const char = text[at];
		if (char === '`') tick = !tick;
		else if (char === '"') quote = !quote;
		else if (!tick && (char === '{' || char === '[')) depth += 1;
		else if (!tick && (char === '}' || char === ']')) depth = Math.max(0, depth - 1);
		const inside = tick || quote || depth > 0;
		const ends = !inside && (/[.;!?]/.test(char ?? '') ? /^\s|^$/.test(text.slice(at + 1, at + 2)) : false);
		if (ends || (char === '\n' && depth === 0)) {
			sentences.push(text.slice(start, at + 1));
			start = at + 1;
			if (char === '\n') {
				tick = false;
				quote = false;
			}
		}
	}
	sentences.push(text.slice(start));
	return sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
}

function readSentence(sentence: string): Expect | null {
	const text = sentence
		.replace(/^(?:[-*+•]|\d+[.)])\s+/, '')
		.replace(/^\[[ xX]\]\s*/, '')
		.replace(/^#+\s*/, '');
	if (conditional.test(text)) return null;
	const bare = text.replace(/[*_`]/g, '').trim();
	const expecting = speaks.test(bare) || speaks.test(text) || /^(?:→|=>|->)\s*/.test(bare);
	const lone = plainStatus.exec(
		bare.replace(/^(?:expect(?:ed|s)?|should (?:be|return|see)|→|=>|->)(?:\s+(?:output|result|response|status))?\s*[:=]?\s*/i, ''),
	);
	// `500 Internal Server Error` alone is a symptom, not what is hoped for.
	const hopeful = /HTTP|status|^\d{3}\s+[A-Z]/.test(bare) && Number(lone?.[1]) < 400;
	if (lone !== null && (expecting || hopeful)) return { kind: 'status', status: Number(lone[1]), text };
	if (expecting) {
		const denied = negated.test(bare.replace(/`[^`]*`|"[^"]*"/g, ''));
		return denied ? (limitOf(text) ?? { kind: 'text', text }) : readPositive(text, bare);
	}
	return limitOf(text);
}

function limitOf(text: string): Expect | null {
	const threshold = readThreshold(text);
	return threshold === null ? null : { kind: 'compare', ...threshold, text };
}

function readPositive(text: string, bare: string): Expect {
	const json = readJson(text);
	if (json !== undefined) return { kind: 'json', value: json, text };
	const exit = /\bexit(?:s|ed)?(?:\s+(?:with|code|status))*\s*:?\s*(\d{1,3})\b/i.exec(bare);
	if (exit !== null) return { kind: 'exit', code: Number(exit[1]), text };
	const statuses = new Set([...bare.matchAll(statusAfter)].map((match) => Number(match[1])));
	const others = /\b[1-5]\d\d\s*(?:or|,|\/)\s*[1-5]\d\d\b/.test(bare);
	// "(returns 503)" tells what a change does; only a sentence that says so hopes for a failure.
	const failure = [...statuses].every((status) => status >= 400) && !/\b(?:should|expect|must)/i.test(bare);
	if (statuses.size === 1 && !others)
		return failure ? { kind: 'text', text } : { kind: 'status', status: [...statuses][0] as number, text };
	if (statuses.size > 1 || others) return { kind: 'text', text };
	const limit = limitOf(text);
	if (limit !== null) return limit;
	const value = readQuoted(text);
	return value === null ? { kind: 'text', text } : { kind: 'contains', value, text };
}

/** A JSON object or list in the text, in backticks or bare; undefined when there is none that parses. */
function readJson(text: string): unknown {
	const ticked = [...text.matchAll(/`+([^`]+)`+/g)].map((match) => (match[1] as string).trim());
	const bare = /[[{][\s\S]*[\]}]/.exec(text.replace(/`/g, ''))?.[0];
	for (const candidate of [...ticked, ...(bare === undefined ? [] : [bare])]) {
		// Task boxes and links are no lists; an empty list counts in backticks only.
		const plausible = /^[[{]\s*(?:["{[\d-]|true|false|null|\}$)/.test(candidate) || (ticked.includes(candidate) && candidate === '[]');
		if (!plausible || candidate.length > 4000) continue;
		try {
			return JSON.parse(candidate);
		} catch (error) {
			if (!(error instanceof SyntaxError)) throw error;
		}
	}
	return undefined;
}

/** The words that must be found: in backticks or quotes, or behind "should show:". */
function readQuoted(text: string): string | null {
	const code =
		/`([^`]+)`/.exec(text)?.[1] ?? /"([^"]+)"/.exec(text)?.[1] ?? /“([^”]+)”/.exec(text)?.[1] ?? /(?<!\w)'([^']+)'/.exec(text)?.[1];
	if (code !== undefined) {
		// What stands before the verb is the thing asked, not the answer: "`/api/csrf` should return a token".
		const verb = speaks.exec(text)?.index ?? 0;
		return text.indexOf(code) > verb ? code : null;
	}
	const listed =
		/(?:should (?:show|see|say|print|contain|include|return|display|output|be)|expected(?: output| result| response)?|outputs?|look for|prints?|returns?)\s*:\s*(\S.*?)[.\s]*$/i.exec(
			text,
		)?.[1];
	return listed === undefined || listed === '' ? null : listed;
}
