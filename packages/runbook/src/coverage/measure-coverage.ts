import type { Catalogue } from '../catalogue.ts';
import { findEntry, judgeBinding } from '../directive/judge-binding.ts';
import type { Binding, Certainty, Runbook, Section } from '../model.ts';
import { proposeAll, proposeBindings } from '../propose/propose-bindings.ts';
import { explainLine, type NotLive, runs } from './explain-line.ts';
import { listLiveLines } from './list-live-lines.ts';
import type { LiveLine } from './live-line.ts';

export interface CoverageOptions {
	/** Which bindings make a line live: only declared ones (default), or proposals that are certain as well. */
	readonly counting?: 'declared' | 'certain';
}

export interface SectionCoverage {
	readonly title: string;
	readonly address: string;
	readonly line: number;
	readonly live: number;
	/** Lines that could be live; those left to persons or ignored are not among them. */
	readonly couldBeLive: number;
	readonly persons: number;
	readonly ignored: number;
}

export interface DeadLine {
	readonly line: number;
	readonly address: string;
	readonly kind: LiveLine['kind'];
	readonly text: string;
	/** Title of its top-level section. */
	readonly section: string;
	readonly why: NotLive;
}

export interface Coverage {
	readonly live: number;
	readonly couldBeLive: number;
	readonly persons: number;
	readonly ignored: number;
	/** Top-level sections that hold such lines, in order. */
	readonly sections: readonly SectionCoverage[];
	/** Every line that is not live, those that matter most first (rule C6). */
	readonly rest: readonly DeadLine[];
}

/** How much of a document is live (rules C1 to C7 of SPEC.md). Pure: what the lines say now does not come in. */
export function measureCoverage(runbook: Runbook, catalogue: Catalogue, options: CoverageOptions = {}): Coverage {
	const counted: readonly Certainty[] = options.counting === 'certain' ? ['declared', 'certain'] : ['declared'];
	const waiting = groupByAddress(proposeBindings(runbook, catalogue));
	const possible = groupByAddress(proposeAll(runbook));
	const sectionAt = walkSections(topSections(runbook));
	const tallies = new Map<string, { section: Top; live: number; couldBeLive: number; persons: number; ignored: number }>();
	const rest: { readonly dead: DeadLine; readonly weight: number }[] = [];
	for (const line of listLiveLines(runbook)) {
		const section = sectionAt(line.line);
		const tally = tallies.get(section.address) ?? { section, live: 0, couldBeLive: 0, persons: 0, ignored: 0 };
		tallies.set(section.address, tally);
		const proposed = waiting.get(line.address) ?? [];
		const inUse = [...line.bindings, ...proposed].filter((binding) => counted.includes(binding.certainty));
		const kind = judgeLine(inUse, catalogue);
		if (kind === 'person') tally.persons++;
		else if (kind === 'ignored') tally.ignored++;
		else tally.couldBeLive++;
		if (kind === 'live') tally.live++;
		if (kind !== 'prose') continue;
		const missing = (possible.get(line.address) ?? []).filter((binding) => findEntry(catalogue, binding) === undefined);
		const why = explainLine(line, catalogue, proposed, missing);
		const dead = { line: line.line, address: line.address, kind: line.kind, text: line.text, section: section.title, why };
		rest.push({ dead, weight: weigh(line, why) });
	}
	const sections = [...tallies.values()]
		.map(({ section, ...tally }) => ({ title: section.title, address: section.address, line: section.line, ...tally }))
		.toSorted((a, b) => a.line - b.line);
	const sum = (key: 'live' | 'couldBeLive' | 'persons' | 'ignored'): number => sections.reduce((total, section) => total + section[key], 0);
	return {
		live: sum('live'),
		couldBeLive: sum('couldBeLive'),
		persons: sum('persons'),
		ignored: sum('ignored'),
		sections,
		rest: rest.toSorted((a, b) => b.weight - a.weight || a.dead.line - b.dead.line).map(({ dead }) => dead),
	};
}

/** `live` needs a binding that exists and is right; `person` and `ignored` count only where nothing else is bound (rule C5). */
function judgeLine(bindings: readonly Binding[], catalogue: Catalogue): 'live' | 'person' | 'ignored' | 'prose' {
	if (
		bindings.some(
			(binding) => runs(binding) && findEntry(catalogue, binding) !== undefined && judgeBinding(binding, catalogue).length === 0,
		)
	)
		return 'live';
	if (bindings.some((binding) => binding.kind === 'ignore')) return 'ignored';
	return bindings.some((binding) => binding.kind === 'person') ? 'person' : 'prose';
}

/**
 * Rule C6: an on-call contact that would wake nobody comes first, then changes in rollbacks and emergencies, then emergency
 * contacts, then the other lines there, then what one decision would make live, then causes and symptoms (a diagnosis is blind
 * there), then criteria and contacts, then the rest.
 */
function weigh(line: LiveLine, why: NotLive): number {
	let weight = 0;
	if (line.kind === 'contact' && why.kind === 'placeholder') weight += line.urgent ? (/\bon-?call\b/i.test(line.text) ? 100 : 40) : 15;
	else if (why.kind === 'placeholder') weight += 10;
	if (line.kind !== 'contact' && line.urgent) weight += line.changes ? 50 : 30;
	if (why.kind === 'proposal-waits' && runs(why.proposal)) weight += 25;
	if (line.kind === 'cause' || line.kind === 'symptom') weight += 20;
	if (line.kind === 'criterion') weight += 15;
	if (why.kind === 'not-in-this-version') weight += 5;
	return weight;
}

interface Top {
	readonly title: string;
	readonly address: string;
	readonly line: number;
}

/** Headings of the level below the title: the second where one heading of level 1 stands above all, else the highest (rule C7). */
function topSections(runbook: Runbook): readonly Top[] {
	const titles = runbook.sections.filter((section) => section.level === 1);
	const below = titles.length <= 1 ? runbook.sections.filter((section) => section.level > 1) : runbook.sections;
	const top = Math.min(...below.map((section) => section.level));
	const tops: readonly Section[] = below.filter((section) => section.level === top);
	return [{ title: runbook.title, address: '', line: 0 }, ...tops.toSorted((a, b) => a.line - b.line)];
}

/** Finds the section of each line; lines have to be asked for in order. */
function walkSections(tops: readonly Top[]): (line: number) => Top {
	let at = 0;
	return (line) => {
		while ((tops[at + 1]?.line ?? Number.POSITIVE_INFINITY) <= line) at++;
		return tops[at] ?? { title: '', address: '', line: 0 };
	};
}

function groupByAddress(
	proposals: readonly { readonly address: string; readonly binding: Binding }[],
): ReadonlyMap<string, readonly Binding[]> {
	const groups = new Map<string, Binding[]>();
	for (const { address, binding } of proposals) {
		const there = groups.get(address);
		if (there === undefined) groups.set(address, [binding]);
		else there.push(binding);
	}
	return groups;
}
