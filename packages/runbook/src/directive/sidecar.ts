import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Binding, Problem, Runbook } from '../model.ts';
import { hintForName } from '../nearest-name.ts';
import { listBindable } from './bindable.ts';
import { describeYamlError } from './describe-yaml-error.ts';
import { formatDirective, readDirective } from './grammar.ts';
import { isSameBinding, rebindRunbook } from './rebind.ts';

/** A binding of a sidecar file: the address it is for, and where it stands in that file. */
export interface SidecarEntry {
	readonly address: string;
	readonly binding: Binding;
	readonly line: number;
	readonly column: number;
	/** Where the address stands. */
	readonly addressLine: number;
	readonly addressColumn: number;
}

export interface Sidecar {
	readonly entries: readonly SidecarEntry[];
}

export type SidecarReading =
	| { readonly ok: true; readonly sidecar: Sidecar }
	| { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a sidecar file (rules D16 and D17): YAML with `version: 1` and `bindings`, a map from node addresses to lists of
 * directives as they would stand in the document.
 *
 * @returns the entries in the file's order, or every problem at once with line and column in that file
 */
export function readSidecar(text: string): SidecarReading {
	const counter = new LineCounter();
	const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
	const problems: Problem[] = [];
	const report = (offset: number, message: string, hint: string): void => {
		const { line, col } = counter.linePos(offset);
		problems.push({ rule: 'D16', line: Math.max(line, 1), column: Math.max(col, 1), message, hint });
	};
	const [error] = document.errors;
	if (error !== undefined) {
		report(error.pos[0], describeYamlError(error, document.errors.length), 'Mend the file, or write it anew with holdfast runbook bind.');
		return { ok: false, problems };
	}
	const root = document.contents;
	if (!isMap(root)) {
		report(root?.range?.[0] ?? 0, 'expected a map with version and bindings', 'Begin with "version: 1" and "bindings:".');
		return { ok: false, problems };
	}
	const entries: SidecarEntry[] = [];
	let versioned = false;
	for (const { key, value } of root.items) {
		const name = isScalar(key) ? String(key.value) : '';
		const at = offsetOf(key);
		if (name === 'version') {
			versioned = true;
			if (!isScalar(value) || value.value !== 1)
				report(
					offsetOf(value, at),
					`version ${isScalar(value) ? String(value.value) : 'of another form'}: expected 1`,
					'Write "version: 1".',
				);
		} else if (name === 'bindings') readEntries(value, at, { entries, report, counter, problems });
		else report(at, `${name}: no such key`, hintForName(name, ['version', 'bindings']));
	}
	if (!versioned) report(offsetOf(root), 'expected a version, got none', 'Begin with "version: 1".');
	return problems.length > 0 ? { ok: false, problems } : { ok: true, sidecar: { entries } };
}

interface Gathering {
	readonly entries: SidecarEntry[];
	readonly report: (offset: number, message: string, hint: string) => void;
	readonly counter: LineCounter;
	readonly problems: Problem[];
}

function readEntries(node: unknown, at: number, gathering: Gathering): void {
	if (isScalar(node) && node.value === null) return;
	if (!isMap(node)) {
		gathering.report(
			offsetOf(node, at),
			'bindings: expected a map from addresses to lists of directives',
			'For example "my-issue/symptoms/blank-page:" and below it "- check: http.page" in quotes.',
		);
		return;
	}
	for (const { key, value } of node.items) {
		const address = isScalar(key) ? String(key.value) : '';
		const listed = isSeq(value) ? value.items : isScalar(value) && value.value !== null ? [value] : [];
		if (listed.length === 0)
			gathering.report(
				offsetOf(value, offsetOf(key)),
				`${address}: expected a list of directives, got nothing`,
				'For example - "check: http.health path=/api/health".',
			);
		for (const item of listed) readEntry(address, offsetOf(key), item, gathering);
	}
}

function readEntry(address: string, addressAt: number, item: unknown, { entries, report, counter, problems }: Gathering): void {
	const at = offsetOf(item, addressAt);
	if (!isScalar(item) || typeof item.value !== 'string') {
		report(
			at,
			`${address}: expected a directive in quotes`,
			'A colon makes YAML read a map; write - "check: http.health path=/api/health".',
		);
		return;
	}
	const { line, col } = counter.linePos(at);
	const quoted = item.type === 'QUOTE_DOUBLE' || item.type === 'QUOTE_SINGLE';
	// Columns as if the comment's `<!-- ` stood before the directive.
	const reading = readDirective({ text: item.value, line, column: col + (quoted ? 1 : 0) - 5, endLine: line, alone: false });
	if (reading.kind === 'problem') problems.push(...reading.problems);
	else if (reading.kind === 'none')
		report(at, `${shorten(item.value)}: expected a directive`, 'For example "check: http.health path=/api/health".');
	else {
		const place = counter.linePos(addressAt);
		entries.push({
			address,
			binding: { ...reading.binding, rule: 'sidecar' },
			line,
			column: col,
			addressLine: place.line,
			addressColumn: place.col,
		});
	}
}

/** The text of a sidecar file: the same bindings always give the same bytes; addresses keep the order they come in. */
export function writeSidecar(bindings: readonly { readonly address: string; readonly binding: Binding }[]): string {
	const byAddress = new Map<string, Binding[]>();
	for (const { address, binding } of bindings) {
		const there = byAddress.get(address) ?? [];
		if (!there.some((known) => isSameBinding(known, binding))) there.push(binding);
		byAddress.set(address, there);
	}
	const lines = [...byAddress].flatMap(([address, all]) => [
		`  ${quoteYaml(address)}:`,
		...all.map((binding) => `    - ${quoteYaml(formatDirective(binding))}`),
	]);
	return [
		'# Bindings of a runbook that is left as it is: address of a line, then its directives.',
		'version: 1',
		lines.length === 0 ? 'bindings: {}' : 'bindings:',
		...lines,
		'',
	].join('\n');
}

/** JSON strings are YAML strings. */
function quoteYaml(text: string): string {
	return /^[a-z0-9][a-z0-9/~-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|[\d.e+-]+)$/.test(text) ? text : JSON.stringify(text);
}

export interface AppliedSidecar {
	readonly runbook: Runbook;
	/** Addresses that no node has (rule D18), each with the nearest; their lines are those of the sidecar file. */
	readonly problems: readonly Problem[];
}

/** Gives nodes the bindings that a sidecar file declares for them, after those of the document. */
export function applySidecar(runbook: Runbook, sidecar: Sidecar): AppliedSidecar {
	const addresses = listBindable(runbook).map((node) => node.address);
	const known = new Set(addresses);
	const byAddress = new Map<string, Binding[]>();
	const problems: Problem[] = [];
	for (const entry of sidecar.entries) {
		if (known.has(entry.address)) byAddress.set(entry.address, [...(byAddress.get(entry.address) ?? []), entry.binding]);
		else {
			problems.push({
				rule: 'D18',
				line: entry.addressLine,
				column: entry.addressColumn,
				message: `${entry.address}: no line of the document has this address`,
				hint: nearestAddress(entry.address, addresses),
			});
		}
	}
	const bound = rebindRunbook(runbook, (address, bindings) => {
		const more = (byAddress.get(address) ?? []).filter(
			(binding) => !bindings.some((own) => own.certainty === 'declared' && isSameBinding(own, binding)),
		);
		return more.length === 0 ? bindings : [...bindings, ...more];
	});
	return {
		runbook: bound,
		problems: problems.filter(
			(problem, index) => problems.findIndex(({ line, column }) => line === problem.line && column === problem.column) === index,
		),
	};
}

/** Edits count in an address, and a line that moved to another section keeps its own last part. */
function nearestAddress(address: string, addresses: readonly string[]): string {
	const last = address.split('/').at(-1) ?? address;
	const moved = addresses.filter((candidate) => candidate.split('/').at(-1) === last);
	if (moved.length === 1 && moved[0] !== undefined) return `Did you mean ${moved[0]}?`;
	return hintForName(address, addresses);
}

function offsetOf(node: unknown, otherwise = 0): number {
	return (node as Node | null | undefined)?.range?.[0] ?? otherwise;
}

function shorten(text: string): string {
	return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
