import type { MessageDiagnosis } from '@holdfast/providers/notification';

/**
 * The part of an incident's stored diagnosis (`StoredDiagnosis`) that a message has room for: the root that it is about, its proof, the next
 * step. Rows outlive the code that wrote them, so every field is looked for. @returns null when it tells of no root
 */
export function readDiagnosis(stored: unknown): MessageDiagnosis | null {
	const diagnosis = asMap(stored);
	const root = asMap(asList(diagnosis.roots)[0]);
	const message = asText(root.message);
	if (message === null) return null;
	const known = asText(asMap(root.cause).text);
	const next = asMap(asList(diagnosis.next)[0]);
	const text = asText(next.text);
	const at =
		typeof next.line === 'number'
			? `${asText(diagnosis.runbook) ?? 'line '}${asText(diagnosis.runbook) === null ? '' : ':'}${next.line} `
			: '';
	const step = text === null ? null : `${at}${text}`;
	const fix = asText(root.fix);
	const proof = [...asList(root.proof), ...asList(root.changes)].flatMap((line) => asText(line) ?? []);
	return {
		cause: known ?? message,
		proof: proof.length === 0 ? [message] : proof,
		...(fix === null && step === null ? {} : { fix: fix === null ? `${step}` : step === null ? fix : `${fix} (${step})` }),
	};
}

function asMap(value: unknown): Readonly<Record<string, unknown>> {
	// Whatever is an object has its fields looked for by name, one by one.
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}

function asList(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function asText(value: unknown): string | null {
	return typeof value === 'string' && value.trim() !== '' ? value : null;
}
