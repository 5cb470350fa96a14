import type { Effect, Hazard } from '../model.ts';
import { worstEffect } from './effect.ts';

/** What a command reads from: nothing, the command before it in a pipe, a file, or text that stands in the document. */
export type Stdin =
	| { readonly kind: 'none' }
	| { readonly kind: 'pipe'; readonly from: readonly string[] }
	| { readonly kind: 'file'; readonly path: string }
	| { readonly kind: 'text'; readonly text: string };

/** What a family of tools finds out about one call. */
export interface Judgement {
	readonly effect: Effect;
	readonly hazards: readonly Hazard[];
	readonly interactive: boolean;
	readonly unbounded: boolean;
	/** Name of a program that no rule knows; null when all are known (own scripts are known to be unknown). */
	readonly stranger: string | null;
}

/** One call of a program, wrappers taken off. */
export interface Call {
	/** Base name in lower case, without `.exe`. */
	readonly tool: string;
	readonly args: readonly string[];
	readonly stdin: Stdin;
	/** Judges another argument vector that this one runs. */
	readonly inner: (argv: readonly string[]) => Judgement;
	/** Judges shell text that this one runs. */
	readonly script: (text: string) => Judgement;
}

/** The tools of one subject and the rules over their arguments. */
export interface Family {
	readonly tools: readonly string[];
	readonly judge: (call: Call) => Judgement;
}

export interface Finding {
	readonly class?: string;
	/** Half a sentence, present tense: `deletes files and folders`. Never quotes a value that may be secret. */
	readonly why?: string;
	readonly interactive?: boolean;
	readonly unbounded?: boolean;
}

/** A judgement with at most one hazard, plus what hangs on `interactive` and `unbounded`. */
export function judged(effect: Effect, finding: Finding = {}): Judgement {
	const hazards: Hazard[] = [];
	if (finding.class !== undefined) hazards.push({ class: finding.class, why: finding.why ?? '' });
	if (finding.interactive) hazards.push({ class: 'interactive', why: 'waits for a person at the keyboard' });
	if (finding.unbounded) hazards.push({ class: 'unbounded', why: 'does not end by itself' });
	return { effect, hazards, interactive: finding.interactive ?? false, unbounded: finding.unbounded ?? false, stranger: null };
}

/** All of several judgements as one: the worst effect, every hazard once. */
export function together(judgements: readonly Judgement[]): Judgement {
	const hazards: Hazard[] = [];
	for (const judgement of judgements) {
		for (const hazard of judgement.hazards) {
			if (!hazards.some((known) => known.class === hazard.class && known.why === hazard.why)) hazards.push(hazard);
		}
	}
	return {
		effect: worstEffect(judgements.map((judgement) => judgement.effect)),
		hazards,
		interactive: judgements.some((judgement) => judgement.interactive),
		unbounded: judgements.some((judgement) => judgement.unbounded),
		stranger: judgements.find((judgement) => judgement.stranger !== null)?.stranger ?? null,
	};
}

/** The same judgement with at least this effect. */
export function atLeast(judgement: Judgement, effect: Effect): Judgement {
	return { ...judgement, effect: worstEffect([judgement.effect, effect]) };
}
