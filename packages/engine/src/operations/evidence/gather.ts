import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { CheckRequest, ServiceTarget } from '@holdfast/checks/contract';
import { chain, formatBundle, nameKey } from '../../evidence/chain.ts';
import { type Gathered, listItems, type PersonsReport } from '../../evidence/list-items.ts';
import { createMask, listSecrets } from '../../evidence/mask-secrets.ts';
import { renderMarkdown } from '../../evidence/render-markdown.ts';
import { OperationError } from '../../operation-error.ts';
import type { OperationContext } from '../../ports.ts';
import { resolveService } from '../../service/resolve-service.ts';
import { type DiagnoseServiceInput, type DiagnosisReport, diagnoseService } from '../diagnosis/diagnose.ts';

export interface GatherInput extends DiagnoseServiceInput, Omit<PersonsReport, 'symptom'> {
	/** Path of the bundle; absent: named after service and time, in the working directory. */
	readonly out?: string | undefined;
	/** Version of Holdfast, for the bundle's first entry. */
	readonly version: string;
}

export interface GatherReport {
	/** As shown to people. */
	readonly bundle: string;
	readonly markdown: string;
	readonly entryCount: number;
	readonly sizeBytes: number;
	/** Short name of the key that signed it. */
	readonly signer: string;
	readonly diagnosis: DiagnosisReport;
}

const environmentLimitBytes = 256 * 1024;
/** Characters from which on a value is taken for a secret. */
const secretFrom = 12;

/** What "Gather information" of a runbook asks for, besides what its own lines are bound to. */
const alsoAsked: readonly CheckRequest[] = [
	'env.required',
	'env.format',
	'release.build',
	'logs.errors',
	'sentry.errors',
	'convex.logs',
	'browser.console',
].map((id) => ({ id, params: {} }));

/**
 * Writes what is known of a service now into one bundle that proves itself, and the same as Markdown beside it.
 * @throws OperationError `precondition` when a file of that name exists, or cannot be written.
 */
export async function gatherEvidence(ctx: OperationContext, input: GatherInput): Promise<GatherReport> {
	const service = await resolveService(ctx, input);
	// Before anything is asked: minutes later would be too late to learn that it cannot be signed.
	const key = await ctx.keys.obtain(service.homeDirectory).catch((cause: unknown) => {
		throw new OperationError('precondition', 'the key that signs evidence cannot be used', {
			hint: `Look at ${service.homeDirectory}/.holdfast/keys/evidence.pem: expected an Ed25519 key that you may read.`,
			cause,
		});
	});
	// All issues: what nobody thinks of now may be what matters later. The person's words are kept as they are.
	const report = await diagnoseService(ctx, { ...input, symptom: undefined, also: alsoAsked });
	ctx.signal.throwIfAborted();
	// Before anything is written in a form of its own (escaped, encoded, hashed): also the log, which no check has looked through.
	const mask = createMask([...listSecrets(service.target), ...(await readEnvironmentValues(ctx, service.target))]);
	const gathered: Gathered = mask({
		report,
		person: { symptom: input.symptom ?? null, when: input.when, actions: input.actions },
		...(await readServerFiles(ctx, service.target)),
		publicKey: key.publicKey,
		version: input.version,
	});
	const entries = chain(listItems(gathered, mask));
	const text = formatBundle(entries, key.publicKey, key.sign);
	const path = resolve(ctx.directory, input.out ?? nameBundle(report));
	const beside = `${path.replace(/\.jsonl$/, '')}.md`;
	// Both are looked at first: a bundle without its text would be half of what was asked for.
	for (const each of [path, beside]) await refuseExisting(ctx, each);
	await write(ctx, path, text);
	await write(ctx, beside, renderMarkdown(gathered, entries));
	return {
		bundle: show(ctx, path),
		markdown: show(ctx, beside),
		entryCount: entries.length,
		sizeBytes: Buffer.byteLength(text),
		signer: nameKey(key.publicKey),
		diagnosis: gathered.report,
	};
}

async function readServerFiles(ctx: OperationContext, target: ServiceTarget): Promise<Pick<Gathered, 'log' | 'variables'>> {
	const { serverFiles } = await ctx.vendors();
	const log = target.logFile === undefined ? null : await serverFiles.readLog(target.logFile, ctx.signal);
	const variables = target.envFile === undefined ? null : await serverFiles.readEnvironmentFile(target.envFile, ctx.signal);
	return {
		log:
			log === null
				? { tail: null, reason: 'no log is configured: log: {file: …} in holdfast.yaml' }
				: log.kind === 'answer'
					? { tail: log.value, reason: null }
					: { tail: null, reason: log.reason },
		variables: variables?.kind === 'answer' ? variables.value : null,
	};
}

/** The application's own variables, where their file lies on this machine: an application may write them into its log. Kept nowhere else. */
async function readEnvironmentValues(ctx: OperationContext, { envFile }: ServiceTarget): Promise<readonly string[]> {
	if (envFile === undefined) return [];
	const reading = await ctx.files.read(envFile, environmentLimitBytes);
	if (reading.kind !== 'file') return [];
	const values = Object.values(parseEnv(new TextDecoder().decode(reading.bytes))).flatMap((value) => (value === undefined ? [] : [value]));
	// Addresses and short words are no secrets, and a bundle without them could not be read.
	return values.filter((value) => value.length >= secretFrom && !/^https?:\/\//.test(value));
}

function nameBundle({ service, diagnosis }: DiagnosisReport): string {
	const name = service.name.replace(/[^A-Za-z0-9.-]+/g, '-');
	return `holdfast-evidence-${name}-${diagnosis.startedAt.replace(/[-:]|\.\d+/g, '')}.jsonl`;
}

async function refuseExisting(ctx: OperationContext, path: string): Promise<void> {
	if ((await ctx.files.read(path, 0)).kind === 'missing') return;
	throw new OperationError('precondition', `${show(ctx, path)} exists already; evidence is never written over`, {
		hint: 'Name another file: holdfast gather --out FILE.jsonl',
	});
}

async function write(ctx: OperationContext, path: string, text: string): Promise<void> {
	const writing = await ctx.files.write(path, new TextEncoder().encode(text), { expected: null, readers: 'owner' });
	switch (writing.kind) {
		case 'written':
			return;
		case 'changed':
			throw new OperationError('precondition', `${show(ctx, path)} exists already; evidence is never written over`, {
				hint: 'Name another file: holdfast gather --out FILE.jsonl',
			});
		case 'no-directory':
			throw new OperationError('precondition', `${show(ctx, path)}: there is no such folder`, {
				hint: 'Make it, or name another with --out.',
			});
		case 'forbidden':
			throw new OperationError('precondition', `${show(ctx, path)} cannot be written: ${writing.reason}`, {
				hint: 'Name another file with --out.',
			});
	}
}

function show(ctx: OperationContext, path: string): string {
	return path.startsWith(`${ctx.directory}/`) ? path.slice(ctx.directory.length + 1) : path;
}
