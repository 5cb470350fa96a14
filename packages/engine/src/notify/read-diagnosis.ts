import type { MessageDiagnosis } from '@holdfast/providers/notification';

/**
 * The part of an incident's stored diagnosis that a message has room for: the first root, its proof, the next step. Rows outlive the code that
 * wrote them, so every field is looked for. @returns null when it tells of no root
 */
export function readDiagnosis(stored: unknown): MessageDiagnosis | null {
	const diagnosis = asMap(asMap(stored).diagnosis ?? stored);
	const root = asMap(asList(diagnosis.roots)[0]);
	const message = asText(root.message);
	if (message === null) return null;
	const known = asText(asMap(asList(root.causes)[0]).text);
	const seenBy = asText(root.observation);
	const next = asList(diagnosis.issues)
		.map((issue) => asMap(asMap(issue).next))
		.find((step) => asText(step.text) !== null);
	const step = next === undefined ? null : `${typeof next.line === 'number' ? `line ${next.line}: ` : ''}${asText(next.text)}`;
	const fix = asText(root.fix) ?? step;
	return {
		cause: known ?? message,
		proof: [seenBy === null ? message : `${seenBy}: ${message}`],
		...(fix === null ? {} : { fix: step === null || fix === step ? fix : `${fix} (${step})` }),
	};
}

function asMap(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}

function asList(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function asText(value: unknown): string | null {
	return typeof value === 'string' && value.trim() !== '' ? value : null;
}
