import type { StackFrame } from '../sentry/event.ts';
import { remember } from '../values/remember.ts';

/** Longer lines are minified: they change with every build. */
const MAX_SOURCE = 120;
/** What a bundler makes up, as a word of its own with a digit: `page-3f2a9c1b0d.js`, `__0a1b2c._.js`, `chunks/4821.js`. */
const BUILD_HASH = /(?<![0-9a-z])(?:(?=[a-z_]{0,40}\d)[0-9a-z_]{6,64}|\d{2,10})(?![0-9a-z])/gi;
/** Where a release lies on the disk: everything up to the packages or the first folder of a build; without these, up to a folder that frameworks name. */
const BUILD_FOLDER = /^.*?(?:\/node_modules\/|\/(?=(?:\.next|_next|dist|build|src)\/))/;
const APP_FOLDER = /^.*?\/(?=(?:app|pages|lib|server)\/)/;
const SCHEME = /^(?:app:\/\/\/|webpack(?:-internal)?:\/\/\/?|file:\/\/|https?:\/\/[^/]*)/;
const NO_PLACE = /^(?:native|<anonymous>|\[native code\])$/;
/** Names that compilers and engines give to what has none. */
const NAMELESS = /^(?:\?|<anonymous>|anonymous|<unknown>|<lambda>|eval|default)$/i;

/** What stays the same of a frame from one release to the next; each part may be empty. */
export interface FrameSignature {
	/** Module, else file, without the folders of a release and the hashes of a build. */
	readonly place: string;
	readonly name: string;
	/** The line itself, never its number. */
	readonly source: string;
}

/**
 * The frames that count: those of the application; all where it has none. A frame that repeats the one before is left out, because a recursion is as deep as its
 * input. In the order of the calls.
 */
export function pickFrames(frames: readonly StackFrame[]): readonly StackFrame[] {
	const own = frames.filter(({ inApp }) => inApp === true);
	const unsaid = own.length > 0 ? own : frames.filter(({ inApp }) => inApp === null);
	const kept: StackFrame[] = [];
	let last = '';
	for (const frame of unsaid.length > 0 ? unsaid : frames) {
		const { place, name, source } = describeFrame(frame, false);
		const now = `${place}\n${name}\n${source}`;
		if (now !== last || kept.length === 0) kept.push(frame);
		// Of a recursion the last call counts: it is the one that failed.
		else kept[kept.length - 1] = frame;
		last = now;
	}
	return kept;
}

/** @param innermost where it happened: there the line itself counts as well, because one function may fail in several ways. */
export function describeFrame(frame: StackFrame, innermost: boolean): FrameSignature {
	const name = shortenFunction(frame.function ?? '');
	const source = innermost || name === '' ? readSource(frame.source) : '';
	return { place: shortenPlace(frame.module ?? frame.file ?? ''), name, source };
}

function readSource(line: string | null): string {
	const source = line?.trim().replace(/\s+/g, ' ') ?? '';
	return source.length <= MAX_SOURCE && !source.includes('{snip}') ? source : '';
}

/** Modules and functions of an application are few. */
const MAX_REMEMBERED = 5_000;

const shortenPlace = remember((place) => {
	if (NO_PLACE.test(place)) return '';
	const path = place
		.replace(/[?#].*$/s, '')
		.replace(SCHEME, '')
		.replace(/^\(\w+\)\//, '');
	return path.replace(BUILD_FOLDER.test(path) ? BUILD_FOLDER : APP_FOLDER, '').replace(BUILD_HASH, '<hash>');
}, MAX_REMEMBERED);

/** `async Object.<anonymous>.charge [as run]` → `charge`. Minified names say nothing that stays. */
const shortenFunction = remember((raw) => {
	const bare = raw
		.replace(/^(?:async|new|get|set) /, '')
		.replace(/ \[as [^\]]*\]$/, '')
		.replace(/^(?:Object|Module|Function|Array|Promise|global|globalThis|exports)\./, '')
		.replace(/<anonymous>\.?/g, '');
	return NAMELESS.test(bare) || bare.length <= 2 ? '' : bare;
}, MAX_REMEMBERED);
