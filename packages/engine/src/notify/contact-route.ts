/** A route may name a contact of the runbook in place of a channel: `contact:On-call engineer`. */
export const CONTACT_PREFIX = 'contact:';

/** @returns the contact's name; null: it is a channel */
export function splitContact(to: string): string | null {
	return to.startsWith(CONTACT_PREFIX) ? to.slice(CONTACT_PREFIX.length).trim() : null;
}
