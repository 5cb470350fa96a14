import { createHash } from 'node:crypto';
import type { ErrorCause, ErrorEvent } from '../sentry/event.ts';
import { expandFingerprint, isDefaultPart } from './expand-fingerprint.ts';
import { describeFrame, pickFrames } from './frame-signature.ts';
import { maskMessage } from './mask-message.ts';
import { type ErrorName, nameError } from './name-error.ts';

export interface ErrorGrouping extends ErrorName {
	/** 32 characters of hex: events with the same one belong together. */
	readonly fingerprint: string;
	/** What decided. `sender`: the event's own fingerprint, of which ours may be a part. */
	readonly by: 'sender' | 'stack' | 'type' | 'message' | 'nothing';
	/** What the fingerprint was made of, readable, so that a person can see why two events are one. */
	readonly parts: readonly string[];
}

/**
 * Decides which error group an event belongs to: by its own fingerprint; else by the types of its causes and the frames of the application without
 * line numbers; else by type and message; else by the message, its template where it has one. Numbers, ids and dates in messages do not count.
 * Pure; a change here begins all groups anew, so it is a change that operators are told about.
 */
export function groupError(event: ErrorEvent): ErrorGrouping {
	const name = nameError(event);
	const own = describeDefault(event);
	if (event.fingerprint === null || (event.fingerprint.length === 1 && event.fingerprint.every(isDefaultPart)))
		return { ...name, ...own, fingerprint: hash(own.parts) };
	const parts = expandFingerprint(event.fingerprint, event, own.parts);
	return { ...name, by: 'sender', parts, fingerprint: hash(['sender', ...parts]) };
}

function describeDefault(event: ErrorEvent): Pick<ErrorGrouping, 'by' | 'parts'> {
	const message = event.message?.template ?? event.message?.text ?? null;
	// SDKs give a message a stack by making up an exception: the message is what was meant.
	const causes = event.causes.filter(({ synthetic }) => !(synthetic && message !== null));
	const described = causes.map(describeCause);
	if (described.some(({ hasStack }) => hasStack)) return { by: 'stack', parts: described.flatMap(({ parts }) => parts) };
	if (causes.length > 0) return { by: 'type', parts: causes.flatMap(describeWithoutStack) };
	if (message !== null) return { by: 'message', parts: [`message ${maskMessage(message)}`] };
	return { by: 'nothing', parts: [`level ${event.level}`, `transaction ${event.transaction ?? ''}`] };
}

function describeCause(cause: ErrorCause): { readonly hasStack: boolean; readonly parts: readonly string[] } {
	const picked = pickFrames(cause.frames);
	const frames = picked
		.map((frame, index) => describeFrame(frame, index === picked.length - 1))
		.filter(({ place, name, source }) => place !== '' || name !== '' || source !== '');
	if (frames.length === 0) return { hasStack: false, parts: describeWithoutStack(cause) };
	// Files alone, as minified code has them, would put everything of one bundle into one group.
	const telling = frames.some(({ name, source }) => name !== '' || source !== '');
	const shown = frames.map(({ place, name, source }) => `frame ${[place, name, source].filter((part) => part !== '').join(' | ')}`);
	return { hasStack: true, parts: [...(telling ? describeType(cause) : describeWithoutStack(cause)), ...shown] };
}

function describeType({ type, synthetic }: ErrorCause): readonly string[] {
	return synthetic ? [] : [`type ${type ?? ''}`];
}

function describeWithoutStack(cause: ErrorCause): readonly string[] {
	return [...describeType(cause), `message ${maskMessage(cause.message ?? '')}`];
}

function hash(parts: readonly string[]): string {
	// As JSON, no two lists give the same text.
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
