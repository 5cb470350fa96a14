import type { ErrorEvent } from '../sentry/event.ts';
import { pickFrames } from './frame-signature.ts';

const VARIABLE = /\{\{\s*([\w.]{1,40})\s*\}\}/g;

/**
 * Fills in what a sender's fingerprint leaves to us (https://docs.sentry.io/concepts/data-management/event-grouping/fingerprint-rules/#variables):
 * `{{ default }}` stands for all parts of our own grouping, others for one value. A variable that is not known stays as it is written.
 */
export function expandFingerprint(fingerprint: readonly string[], event: ErrorEvent, ownParts: readonly string[]): readonly string[] {
	return fingerprint.flatMap((part) => {
		if (isDefaultPart(part)) return ownParts;
		return [
			part.replace(VARIABLE, (whole, name: string) => (name === 'default' ? ownParts.join('\n') : (readVariable(name, event) ?? whole))),
		];
	});
}

/** @returns whether a part of a fingerprint is `{{ default }}` and nothing else. */
export function isDefaultPart(part: string): boolean {
	return /^\s*\{\{\s*default\s*\}\}\s*$/.test(part);
}

function readVariable(name: string, event: ErrorEvent): string | null {
	const cause = event.causes.at(-1);
	const frame = pickFrames(cause?.frames ?? []).at(-1);
	const unknown = (value: string | null | undefined) => value ?? `<no-${name}>`;
	switch (name) {
		case 'error.type':
		case 'type':
			return unknown(cause?.type);
		case 'error.value':
		case 'value':
			return unknown(cause?.message);
		case 'message':
			return unknown(event.message?.text ?? cause?.message);
		case 'transaction':
			return unknown(event.transaction);
		case 'level':
			return event.level;
		case 'logger':
			return unknown(event.logger);
		case 'stack.function':
		case 'function':
			return unknown(frame?.function);
		case 'stack.module':
		case 'module':
			return unknown(frame?.module);
		case 'stack.abs_path':
		case 'path':
			return unknown(frame?.file);
		default:
			return null;
	}
}
