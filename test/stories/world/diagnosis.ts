import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finished, holdfast } from './holdfast.ts';

interface ReportedCause {
	readonly text: string;
	readonly verdict: string;
	readonly reason: string;
}

interface ReportedRoot {
	readonly code: string;
	readonly message: string;
	readonly fix: string | null;
	readonly causes: readonly { readonly text: string }[];
}

/** The part of `diagnose --json` that the stories read. */
export interface Report {
	readonly diagnosis: {
		readonly roots: readonly ReportedRoot[];
		readonly issues: readonly { readonly title: string; readonly state: string; readonly causes: readonly ReportedCause[] }[];
		readonly observations: readonly { readonly check: string; readonly state: string; readonly echoOf: string | null }[];
	};
}

export interface ToldDiagnosis {
	readonly report: Report;
	/** Exit code of the run that gave the report. */
	readonly code: number | null;
	/** What a person reads. */
	readonly words: string;
	/** All that was printed, both streams of both runs. */
	readonly printed: string;
}

export interface Question {
	/** Folder with the configuration; the command line runs in it. */
	readonly folder: string;
	/** Absent: `holdfast.yaml`. */
	readonly config?: string;
	/** Absent: every issue. */
	readonly symptom?: string;
	readonly env?: Readonly<Record<string, string>>;
}

/** Writes a configuration of one private service `shop`; `more` are further keys of the service, as YAML lines. */
export async function configure(folder: string, url: string, runbook: string, more: readonly string[] = []): Promise<void> {
	const lines = [
		'version: 1',
		'services:',
		'  shop:',
		...[`url: ${url}`, 'private: true', `runbook: ${runbook}`, ...more].map((line) => `    ${line}`),
	];
	await writeFile(join(folder, 'holdfast.yaml'), `${lines.join('\n')}\n`);
}

/** Diagnoses twice, for a program and for a person. */
export async function diagnose({ folder, config = 'holdfast.yaml', symptom, env = {} }: Question): Promise<ToldDiagnosis> {
	const args = ['diagnose', ...(symptom === undefined ? [] : [symptom]), '--config', config];
	const data = await holdfast([...args, '--json'], { cwd: folder, env });
	if (data.stdout === '') throw new Error(`holdfast printed no report: ${data.stderr}`);
	const told = await holdfast(args, { cwd: folder, env });
	return { report: JSON.parse(data.stdout) as Report, code: data.code, words: told.stdout, printed: printedBy(data, told) };
}

/** Texts of the causes with a verdict. */
export function causesOf({ diagnosis }: Report, verdict: string): readonly string[] {
	return diagnosis.issues.flatMap((issue) => issue.causes.filter((cause) => cause.verdict === verdict).map((cause) => cause.text));
}

/** Names of the checks with a state. */
export function checksOf({ diagnosis }: Report, state: string): readonly string[] {
	return diagnosis.observations.filter((observation) => observation.state === state).map((observation) => observation.check);
}

function printedBy(one: Finished, other: Finished): string {
	return [one.stdout, one.stderr, other.stdout, other.stderr].join('\n');
}
