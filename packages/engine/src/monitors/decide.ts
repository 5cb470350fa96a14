/**
 * From a runbook and `monitors:` of the configuration to the questions that are asked on a schedule. Pure.
 */
import { acceptedByDefault, selectBindings } from '@holdfast/checks/diagnosis';
import { checkIds, findCheck, keyOf } from '@holdfast/checks/registry';
import { listBindable } from '@holdfast/runbook/directive';
import type { Runbook } from '@holdfast/runbook/model';
import { findNearestName } from '@holdfast/runbook/nearest-name';
import { parseDuration } from '../config/duration.ts';
import type { ServiceConfig } from '../config/schema.ts';
import { readObjective } from '../objectives/plan.ts';
import type { SourceProblem } from '../operation-error.ts';
import { defaultsOf, type Severity } from './defaults.ts';

/** A line of the runbook that asks the question. */
export interface AskingLine {
	readonly line: number;
	readonly address: string;
	readonly text: string;
}

export interface WantedMonitor {
	/** The question, as the checks name it: the same key is the same question. */
	readonly key: string;
	readonly checkId: string;
	readonly params: Readonly<Record<string, string | number | boolean>>;
	readonly title: string;
	readonly lines: readonly AskingLine[];
	readonly everyMs: number;
	readonly confirm: number;
	readonly severity: Severity;
}

export interface MonitorPlan {
	/** Each question once, in the order of the document; those that only the configuration names come last. */
	readonly wanted: readonly WantedMonitor[];
	/** Lines of monitoring checklists that no check looks at, and that set no objective. */
	readonly unwatched: readonly AskingLine[];
	readonly problems: readonly SourceProblem[];
}

export type MonitorOverrides = NonNullable<ServiceConfig['monitors']>;

/**
 * Every check that a line is bound to (declared, else certain or likely) becomes one monitor for each question, with all lines that ask
 * it. An override of a check goes for all its questions, one of a question for that question alone and before that of its check; a
 * check that needs no parameter is watched when the configuration alone names it. An unknown check or question is a problem with the
 * nearest name. Bindings that the catalogue refuses are left out: the document's own problems name them.
 * @param file name of the configuration, for problems
 */
export function planMonitors(runbook: Runbook | null, overrides: MonitorOverrides = {}, file: string | null = null): MonitorPlan {
	const asked = runbook === null ? new Map<string, WantedMonitor>() : collect(runbook);
	const problems: SourceProblem[] = [];
	const byKey = new Map<string, MonitorOverrides[string]>();
	const byCheck = new Map<string, MonitorOverrides[string]>();
	const refuse = (message: string, hint: string): void => void problems.push({ file, line: null, column: null, message, hint });
	for (const [name, settings] of Object.entries(overrides)) {
		const question = readQuestion(name);
		if (question.params === null) {
			if (findCheck(question.id) === null) refuse(`monitors: ${question.id}: no such check`, meant(question.id, checkIds));
			else if (byCheck.has(question.id)) refuse(`monitors: ${question.id} stands there twice`, 'Keep one of them.');
			else byCheck.set(question.id, settings);
			continue;
		}
		const key = asked.has(name.trim()) ? name.trim() : keyOf(question.id, question.params);
		if (key === null || !asked.has(key))
			refuse(`monitors: ${name}: the runbook asks no such question`, meant(key ?? name, [...asked.keys()]));
		else if (byKey.has(key)) refuse(`monitors: ${key} stands there twice`, 'Keep one of them.');
		else byKey.set(key, settings);
	}
	const all = [...asked.values()];
	for (const [id, settings] of byCheck) {
		if (settings.off === true || all.some(({ checkId }) => checkId === id)) continue;
		const key = keyOf(id, {});
		if (key === null) refuse(`monitors: ${id} needs parameters, and no line of the runbook gives them`, `holdfast help ${id}`);
		else all.push(make({ id, params: {}, key }, []));
	}
	const wanted = all.flatMap((monitor) => {
		const settings = { ...byCheck.get(monitor.checkId), ...byKey.get(monitor.key) };
		return settings.off === true ? [] : [override(monitor, settings)];
	});
	return { wanted, unwatched: runbook === null ? [] : listUnwatched(runbook), problems };
}

function override(monitor: WantedMonitor, { every, confirm, severity }: MonitorOverrides[string]): WantedMonitor {
	return {
		...monitor,
		everyMs: (every === undefined ? null : parseDuration(every)) ?? monitor.everyMs,
		confirm: confirm ?? monitor.confirm,
		severity: severity ?? monitor.severity,
	};
}

function collect(runbook: Runbook): Map<string, WantedMonitor> {
	const found = new Map<string, WantedMonitor>();
	for (const node of listBindable(runbook)) {
		for (const { id, params } of selectBindings(node.bindings, 'check', acceptedByDefault)) {
			const key = keyOf(id, params);
			if (key === null) continue;
			const known = found.get(key) ?? make({ id, params, key }, []);
			found.set(key, { ...known, lines: [...known.lines, { line: node.line, address: node.address, text: node.text }] });
		}
	}
	return found;
}

function make(
	{ id, params, key }: { readonly id: string; readonly params: WantedMonitor['params']; readonly key: string },
	lines: readonly AskingLine[],
): WantedMonitor {
	const title = findCheck(id)?.title ?? id;
	const shown = key.slice(id.length).trim();
	return { key, checkId: id, params, title: shown === '' ? title : `${title} (${shown})`, lines, ...defaultsOf(id) };
}

/** `http.page path=/products`; params null where only the check is named. */
function readQuestion(name: string): { readonly id: string; readonly params: Readonly<Record<string, string>> | null } {
	const [id = '', ...words] = name.trim().split(/\s+/);
	if (words.length === 0) return { id, params: null };
	const pairs = words.map((word) => {
		const at = word.indexOf('=');
		return at < 0 ? ([word, ''] as const) : ([word.slice(0, at), word.slice(at + 1).replace(/^"(.*)"$/, '$1')] as const);
	});
	return { id, params: Object.fromEntries(pairs) };
}

function listUnwatched(runbook: Runbook): readonly AskingLine[] {
	return runbook.checklists
		.filter(({ kind }) => kind === 'monitoring')
		.flatMap(({ items }) => items)
		.filter((item) => selectBindings(item.bindings, 'check', acceptedByDefault).length === 0 && readObjective(item) === null)
		.map(({ line, address, text }) => ({ line, address, text }));
}

function meant(name: string, names: readonly string[]): string {
	const nearest = findNearestName(name, names);
	return nearest === null ? `Known: ${names.slice(0, 12).join(', ') || 'none'}.` : `Did you mean ${nearest}?`;
}
