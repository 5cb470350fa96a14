/** Whom the runbook names, as messages show it. Pure. */
import type { MessageFact } from '@holdfast/providers/notification';
import type { Runbook } from '@holdfast/runbook/model';

export interface KnownContact {
	readonly name: string;
	readonly line: number;
	/** Ways as they stand there; empty: nobody filled one in. */
	readonly ways: readonly string[];
	readonly emails: readonly string[];
	/** Reached in an emergency before others. */
	readonly isFirst: boolean;
}

const MOST_SHOWN = 3;

/** A placeholder is no way to anybody. */
export function listContacts(runbook: Pick<Runbook, 'contacts'> | null): readonly KnownContact[] {
	return (runbook?.contacts ?? []).map(({ name, line, scope, channels }) => {
		const real = channels.filter(({ placeholder }) => !placeholder);
		return {
			name,
			line,
			ways: [...new Set(real.map(({ value }) => value))],
			emails: real.filter(({ kind }) => kind === 'email').map(({ value }) => value),
			isFirst: scope === 'emergency',
		};
	});
}

/** Of a service on fire: those for emergencies, else all; at most three that can be reached. */
export function toContactFacts(contacts: readonly KnownContact[]): readonly MessageFact[] {
	const reachable = contacts.filter(({ ways }) => ways.length > 0);
	const first = reachable.filter(({ isFirst }) => isFirst);
	return (first.length === 0 ? reachable : first).slice(0, MOST_SHOWN).map(({ name, ways }) => ({ label: name, value: ways.join(', ') }));
}

/** @returns the address of a contact by its name; null: there is none, or no address */
export function findContactAddress(contacts: readonly KnownContact[], name: string): string | null {
	const wanted = name.trim().toLowerCase();
	const named = contacts.filter((contact) => contact.name.trim().toLowerCase() === wanted);
	return named.flatMap(({ emails }) => emails)[0] ?? null;
}
