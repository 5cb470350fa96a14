/**
 * The diagnosis that is kept with an incident, as it is shown. Pure. It was written by another release perhaps: what is not there or has
 * another shape is left out, and never keeps an incident from being shown.
 */

export interface IncidentDiagnosis {
	/** ISO 8601; null when it does not say. */
	readonly at: string | null;
	/** What is wrong at the root, the one that the incident is about first; empty when nothing was confirmed. */
	readonly causes: readonly {
		/** One sentence: what was found. */
		readonly message: string;
		/** What the runbook calls it, and where; null: it does not know it. */
		readonly named: { readonly text: string; readonly line: number } | null;
		readonly proof: readonly string[];
		readonly fix: string | null;
	}[];
	/** Where to go on in the runbook. */
	readonly next: readonly { readonly line: number; readonly text: string; readonly fix: string | null }[];
}

/** @param stored `incident.diagnosis` @returns null when there is none, or none that can be read */
export function readDiagnosis(stored: unknown): IncidentDiagnosis | null {
	if (!isRecord(stored)) return null;
	const causes = listOf(stored.roots).flatMap((root) => {
		const message = textOf(root.message);
		if (message === null) return [];
		const named = isRecord(root.cause) ? root.cause : listOf(root.causes)[0];
		const proof = Array.isArray(root.proof) ? root.proof.filter((line) => typeof line === 'string') : [];
		return [{ message, named: named === undefined ? null : placeOf(named), proof, fix: textOf(root.fix) }];
	});
	const next = (Array.isArray(stored.next) ? listOf(stored.next) : listOf([stored.next])).flatMap((step) => {
		const place = placeOf(step);
		return place === null ? [] : [{ ...place, fix: textOf(step.fix) }];
	});
	return { at: textOf(stored.at), causes, next };
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly Fields[] {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}

function textOf(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

function placeOf({ text, line }: Fields): { readonly text: string; readonly line: number } | null {
	return typeof text === 'string' && typeof line === 'number' ? { text, line } : null;
}
