/**
 * Ranges as advisories write them: comparators side by side, alternatives between `||` (GitHub Advisory Database). Everything else that
 * package files allow (`^`, `~`, `1.x`) does not occur there and is not read. Pure.
 */
import { compareVersions, readVersion, type Version } from './version.ts';

interface Comparator {
	readonly operator: '<' | '<=' | '>' | '>=' | '=';
	readonly version: Version;
	readonly text: string;
}

type Alternative = readonly Comparator[];

/** @returns null when the range or the version cannot be read. */
export function isInRange(version: string, range: string): boolean | null {
	const [read, alternatives] = [readVersion(version), readRange(range)];
	if (read === null || alternatives === null) return null;
	return alternatives.some((alternative) => holds(alternative, read));
}

/** The first version above the vulnerable ones around this one: `4.17.21`, or `after 4.17.20` where the range ends with one that has it. Null: none is known. */
export function findFixed(version: string, range: string): string | null {
	const [read, alternatives] = [readVersion(version), readRange(range)];
	if (read === null || alternatives === null) return null;
	const around = alternatives.find((alternative) => holds(alternative, read));
	const end = around?.find(({ operator }) => operator === '<' || operator === '<=' || operator === '=');
	if (end === undefined) return null;
	return end.operator === '<' ? end.text : `after ${end.text}`;
}

function readRange(range: string): readonly Alternative[] | null {
	const alternatives = range.split('||').map(readAlternative);
	return alternatives.every((alternative) => alternative !== null) ? alternatives : null;
}

function readAlternative(text: string): Alternative | null {
	const trimmed = text.trim();
	if (trimmed === '' || trimmed === '*') return [];
	const parts = [...trimmed.matchAll(/(<=|>=|<|>|=)?\s*(v?\d[0-9A-Za-z.+-]*)\s*,?/g)];
	if (
		parts
			.map(([whole]) => whole)
			.join('')
			.replace(/\s/g, '') !== trimmed.replace(/\s/g, '')
	)
		return null;
	const comparators = parts.map(([, operator, written = '']): Comparator | null => {
		const version = readVersion(written);
		return version === null ? null : { operator: (operator ?? '=') as Comparator['operator'], version, text: written };
	});
	return comparators.every((comparator) => comparator !== null) ? comparators : null;
}

function holds(alternative: Alternative, version: Version): boolean {
	return alternative.every((comparator) => {
		const order = compareVersions(version, comparator.version);
		switch (comparator.operator) {
			case '<':
				return order < 0;
			case '<=':
				return order <= 0;
			case '>':
				return order > 0;
			case '>=':
				return order >= 0;
			case '=':
				return order === 0;
			default:
				return comparator.operator satisfies never;
		}
	});
}
