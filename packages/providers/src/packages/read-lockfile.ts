import { readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { LockedPackages, VendorVerdict } from '@holdfast/checks/vendors';
import type { NoAnswer } from '../http/ask-vendor.ts';
import { parseJson } from '../http/shown-text.ts';
import { listLocked, readLock } from './lock-graph.ts';

/** Largest lockfile that is read, in bytes; those of large monorepos have about ten million. */
const maxBytes = 32 * 1024 * 1024;
/** How many folders up a workspace's lockfile is looked for. */
const upwards = 5;

const npmFiles = ['package-lock.json', 'npm-shrinkwrap.json'];
const others: Readonly<Record<string, string>> = {
	'pnpm-lock.yaml': 'pnpm audit',
	'yarn.lock': 'yarn npm audit',
	'bun.lock': 'bun audit',
	'bun.lockb': 'bun audit',
};

/** Finds the lockfile that pins what is in `folder`: its own, or one above that names it as a workspace. Reads it and nothing else. */
export async function readLockfile(folder: string, signal: AbortSignal): Promise<VendorVerdict<LockedPackages>> {
	let directory = folder;
	for (let step = 0; step <= upwards; step += 1) {
		if (signal.aborted) return { kind: 'no-answer', code: 'aborted', reason: 'Stopped while the lockfile was read' };
		for (const file of npmFiles) {
			const found = await readAt(join(directory, file), file, relative(directory, folder).split(sep).join('/'));
			if (found !== null) return found;
		}
		for (const [file, command] of Object.entries(others)) {
			if ((await sizeOf(join(directory, file))) === null) continue;
			return {
				kind: 'no-answer',
				code: 'not-configured',
				reason: `The application pins its dependencies in ${file}, which is not read here; package-lock.json is`,
				enable: `ask its own package manager: ${command}`,
			};
		}
		const parent = join(directory, '..');
		if (parent === directory) break;
		directory = parent;
	}
	return {
		kind: 'no-answer',
		code: 'not-found',
		reason: `There is no package-lock.json in ${folder} or above that pins what is there`,
		enable: 'correct `checkout` for the service in holdfast.yaml, or make one: npm install --package-lock-only',
	};
}

/** @param from the folder in question, seen from the lockfile; empty: it lies in it. @returns null when there is none here, or it is about others. */
async function readAt(path: string, file: string, from: string): Promise<VendorVerdict<LockedPackages> | null> {
	const size = await sizeOf(path);
	if (size === null) return null;
	if (size > maxBytes)
		return { kind: 'no-answer', code: 'too-large', reason: `${file} has ${size} bytes, more than the ${maxBytes} that are read` };
	const lock = readLock(parseJson(await readFile(path, 'utf8').catch(() => '')));
	if (lock === null) return refuse(`${file} cannot be read, or is no lockfile of npm`, 'npm install --package-lock-only');
	if (lock.version < 2)
		return refuse(
			`${file} has lockfileVersion ${lock.version}, and 2 or 3 are read`,
			'npm install --package-lock-only, with npm 7 or later',
		);
	if (from !== '' && !Object.hasOwn(lock.packages, from)) return null;
	return { kind: 'answer', value: { file, ...listLocked(lock.packages, from) } };
}

/** Null: there is no such file. */
async function sizeOf(path: string): Promise<number | null> {
	try {
		const found = await stat(path);
		return found.isFile() ? found.size : null;
	} catch {
		return null;
	}
}

function refuse(reason: string, command: string): NoAnswer {
	return { kind: 'no-answer', code: 'bad-response', reason, enable: `make it anew: ${command}` };
}
