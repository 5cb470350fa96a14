/** What a bundle holds, in the order in which it is read: who and where, what a person said, what was measured, what follows. Pure. */
import { createHash } from 'node:crypto';
import type { FileVariable, LogTail } from '@holdfast/checks/vendors';
import type { DiagnosisReport } from '../operations/diagnosis/diagnose.ts';
import { BUNDLE_FORMAT, BUNDLE_VERSION, type EvidenceItem } from './chain.ts';

/** What a person adds: "Error details" of a runbook's "Gather information". */
export interface PersonsReport {
	/** What is seen, in their words. */
	readonly symptom: string | null;
	/** When it occurred, in their words or as a time. */
	readonly when: string | null;
	/** What users did before. */
	readonly actions: string | null;
}

export interface Gathered {
	readonly report: DiagnosisReport;
	readonly person: PersonsReport;
	/** The application's log on this machine; null where none is configured or readable, with the reason. */
	readonly log: { readonly tail: LogTail | null; readonly reason: string | null };
	/** Variables of the environment file: names and lengths. */
	readonly variables: readonly FileVariable[] | null;
	readonly publicKey: string;
	readonly version: string;
}

/** @param mask takes secrets out of a text: attachments come as bytes, and are masked where they are text. */
export function listItems(
	{ report, person, log, variables, publicKey, version }: Gathered,
	mask: (text: string) => string,
): readonly EvidenceItem[] {
	const { diagnosis } = report;
	const at = diagnosis.startedAt;
	const { observations, changes = [], ...verdict } = diagnosis;
	const header = {
		format: BUNDLE_FORMAT,
		version: BUNDLE_VERSION,
		holdfast: version,
		service: report.service,
		runbook: report.runbook,
		publicKey,
	};
	return [
		{ kind: 'bundle', at, data: header },
		{ kind: 'report', at, data: person },
		{
			kind: 'environment',
			at,
			data: {
				url: report.service.url,
				variables,
				seen: observations.filter(({ check }) => check.startsWith('env.')).map(({ key, state, reason }) => ({ key, state, reason })),
			},
		},
		{ kind: 'changes', at, data: { changes, past: report.past, facts: observations.flatMap(({ facts }) => facts) } },
		{ kind: 'log', at, data: log },
		...observations.map((observation) => ({ kind: 'observation', at: observation.startedAt, data: observation })),
		...observations.flatMap(({ key, startedAt, attachments }) =>
			attachments.map(({ name, mediaType, content }) => ({
				kind: 'attachment',
				at: startedAt,
				data: { observation: key, name, mediaType, ...encode(isText(mediaType) ? maskBytes(content, mask) : content) },
			})),
		),
		{ kind: 'diagnosis', at, data: { ...verdict, unbound: report.unbound, notes: report.notes } },
	];
}

function isText(mediaType: string): boolean {
	return mediaType.startsWith('text/') || mediaType.endsWith('json');
}

function maskBytes(content: Uint8Array, mask: (text: string) => string): Uint8Array {
	return new TextEncoder().encode(mask(new TextDecoder().decode(content)));
}

function encode(content: Uint8Array): { readonly sha256: string; readonly base64: string } {
	return { sha256: createHash('sha256').update(content).digest('hex'), base64: Buffer.from(content).toString('base64') };
}
