/** What is remembered of a service, one JSON object to a line. */
import type { State } from '@holdfast/checks/contract';

/** How a question was answered. */
export interface SampleEntry {
	readonly t: 'sample';
	/** ISO 8601, UTC. */
	readonly at: string;
	/** Key of the observation. */
	readonly key: string;
	readonly state: State;
}

/** A fact, written when its value is another than before. */
export interface FactEntry {
	readonly t: 'fact';
	readonly at: string;
	readonly name: string;
	readonly value: string;
	/** Values compare only within one scope. */
	readonly scope?: string;
}

export type HistoryEntry = SampleEntry | FactEntry;

const LONGEST = 500;
const STATES: readonly string[] = ['ok', 'warn', 'fail', 'unknown'];

/** @returns the entries of a file, oldest first. A torn last line and whatever else cannot be read is left out. */
export function parseHistory(text: string): readonly HistoryEntry[] {
	const whole = text.slice(0, text.lastIndexOf('\n') + 1);
	return whole.split('\n').flatMap((line) => {
		const entry = line === '' ? null : parseLine(line);
		return entry === null ? [] : [entry];
	});
}

export function formatHistory(entries: readonly HistoryEntry[]): string {
	return entries.map((entry) => `${JSON.stringify(shorten(entry))}\n`).join('');
}

function parseLine(line: string): HistoryEntry | null {
	let raw: unknown;
	try {
		raw = JSON.parse(line);
	} catch {
		return null;
	}
	if (typeof raw !== 'object' || raw === null) return null;
	const { t, at, key, state, name, value, scope } = raw as Readonly<Record<string, unknown>>;
	if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return null;
	if (t === 'sample' && typeof key === 'string' && isState(state)) return { t, at, key, state };
	if (t === 'fact' && typeof name === 'string' && typeof value === 'string') {
		return { t, at, name, value, ...(typeof scope === 'string' ? { scope } : {}) };
	}
	return null;
}

function isState(value: unknown): value is State {
	return typeof value === 'string' && STATES.includes(value);
}

function shorten(entry: HistoryEntry): HistoryEntry {
	return entry.t === 'sample'
		? { ...entry, key: entry.key.slice(0, LONGEST) }
		: { ...entry, name: entry.name.slice(0, LONGEST), value: entry.value.slice(0, LONGEST) };
}
