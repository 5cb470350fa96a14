import type { Certainty } from '../model.ts';
import type { Subject, SubjectKind } from './subject.ts';

/** What a rule gives for a line. */
export interface Draft {
	readonly kind: 'check' | 'action' | 'task' | 'person';
	readonly id: string;
	readonly params: Readonly<Record<string, string>>;
	/** Less certain than the rule is as a whole. */
	readonly certainty?: Certainty;
}

/** One way from the words of a line to what stands behind it. Declared, so that `SPEC.md` and the tests can name each. */
export interface Rule {
	/** `B12`: never given to another rule. */
	readonly id: string;
	/** A few words, for lists. */
	readonly about: string;
	readonly on: readonly SubjectKind[];
	/** How certain its proposals are when nothing about the line says less. */
	readonly certainty: 'certain' | 'likely' | 'guess';
	readonly propose: (subject: Subject) => readonly Draft[];
}

export const nothing: readonly Draft[] = [];

export function check(id: string, params: Readonly<Record<string, string | null | undefined>> = {}, certainty?: Certainty): Draft {
	return { kind: 'check', id, params: given(params), ...(certainty === undefined ? {} : { certainty }) };
}

export function action(id: string, params: Readonly<Record<string, string | null | undefined>> = {}): Draft {
	return { kind: 'action', id, params: given(params) };
}

export function person(id: 'note' | 'confirm' | 'notify' | 'decide'): Draft {
	return { kind: 'person', id, params: {} };
}

function given(params: Readonly<Record<string, string | null | undefined>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(params).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, value]])),
	);
}
