import type { ErrorEvent, StackFrame } from '../sentry/event.ts';
import { cutText } from '../values/field.ts';
import { pickFrames } from './frame-signature.ts';

const MAX_TITLE = 200;

export interface ErrorName {
	/** `TypeError: Cannot read properties of undefined`, or the first line of a message. */
	readonly title: string;
	/** Where: the transaction, else function and module of the innermost frame of the application; null when nothing is known. */
	readonly culprit: string | null;
	readonly type: string | null;
	readonly value: string | null;
}

/** Title and culprit as people know them from Sentry: of what was caught, which is the last of its chain. */
export function nameError(event: ErrorEvent): ErrorName {
	const caught = event.causes.at(-1);
	const message = event.message?.text ?? null;
	const synthetic = caught === undefined || caught.synthetic;
	const frame = pickFrames(caught?.frames ?? []).at(-1);
	const type = synthetic ? null : caught.type;
	const value = synthetic ? (message ?? caught?.message ?? null) : (caught.message ?? message);
	const first = value === null ? null : (value.split(/\r?\n/, 1)[0] ?? '').trim();
	return { title: cutText(joinTitle(type, first, frame), MAX_TITLE), culprit: nameCulprit(event, frame), type, value };
}

function joinTitle(type: string | null, value: string | null, frame: StackFrame | undefined): string {
	if (type !== null && value) return `${type}: ${value}`;
	return type ?? (value || (frame?.function ?? '<unlabeled event>'));
}

function nameCulprit({ transaction, platform }: ErrorEvent, frame: StackFrame | undefined): string | null {
	if (transaction !== null) return transaction;
	const place = frame?.module ?? frame?.file ?? null;
	if (place === null) return frame?.function ?? null;
	const name = frame?.function ?? '?';
	return cutText(platform === 'javascript' || platform === 'node' ? `${name}(${place})` : `${place} in ${name}`, MAX_TITLE);
}
