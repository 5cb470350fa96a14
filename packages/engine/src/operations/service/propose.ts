import { basename, dirname, join, relative, resolve } from 'node:path';
import { findPlaceholders } from '@holdfast/runbook/command';
import type { Runbook } from '@holdfast/runbook/model';
import type { Proposal } from '@holdfast/runbook/propose';
import { CONFIG_NAME } from '../../config/find-config.ts';
import { showPath } from '../../files/read-text.ts';
import { OperationError, type SourceProblem } from '../../operation-error.ts';
import type { OperationContext } from '../../ports.ts';
import { findOnlyRunbook } from '../../runbook/choose-runbook.ts';
import { type BoundRunbook, loadBoundRunbook } from '../../runbook/load-bound-runbook.ts';
import { isLoopbackUrl } from '../../service/loopback.ts';
import { nameService } from '../../service/name-service.ts';
import { type ApplicationProbe, probeApplication } from '../../service/probe-application.ts';
import { readUrl } from '../../service/read-url.ts';
import { targetOfUrl } from '../../service/resolve-service.ts';
import { writeConfig } from '../../service/write-config.ts';
import { selectAccepted } from '../runbook/bind.ts';

export interface ProposeServiceInput {
	/** Path of the runbook; absent: the only one that lies here. */
	readonly file?: string | undefined;
	/** Where the application runs; absent: the first real application URL of the runbook. */
	readonly url?: string | undefined;
	readonly private?: boolean | undefined;
	/** Path of the configuration to be made; absent: `holdfast.yaml` here. */
	readonly config?: string | undefined;
	/** Name for the service; absent: made from the package or the host. */
	readonly service?: string | undefined;
}

export interface ServiceProposal {
	readonly name: string;
	readonly url: string;
	readonly private: boolean;
	/** From the working directory. */
	readonly runbook: string;
	readonly title: string;
	readonly counts: { readonly issues: number; readonly procedures: number; readonly checklists: number; readonly contacts: number };
	readonly probe: ApplicationProbe;
	/** Hosts of the runbook that are placeholders: the URL given stands for them. */
	readonly placeholderHosts: readonly string[];
	/** The configuration's path, from the working directory. */
	readonly config: string;
	readonly configPath: string;
	readonly configText: string;
	/** Certain bindings: what would be written into the runbook. */
	readonly bindings: readonly Proposal[];
	/** Proposals that are not certain enough to be written without being asked for. */
	readonly uncertain: readonly Proposal[];
	readonly warnings: readonly SourceProblem[];
}

/**
 * Looks at a runbook and an application and proposes a configuration and bindings. Reads only; `initialiseService` writes.
 * @throws OperationError `conflict` when there is a holdfast.yaml already.
 */
export async function proposeService(ctx: OperationContext, input: ProposeServiceInput): Promise<ServiceProposal> {
	const configPath = resolve(ctx.directory, input.config ?? CONFIG_NAME);
	const config = showPath(ctx.directory, configPath);
	await refuseExisting(ctx, configPath);
	const file = resolve(ctx.directory, input.file ?? (await findOnlyRunbook(ctx)));
	const loaded = await loadBoundRunbook(ctx, file, { sidecarPath: null });
	refuseProblems(loaded);
	const url = input.url ?? findApplicationUrl(loaded.bound);
	if (url === null) {
		throw new OperationError('invalid', `where does the application run? ${loaded.file.shownPath} names no real URL`, {
			hint: `holdfast init ${loaded.file.shownPath} http://localhost:3000`,
		});
	}
	if (input.url === undefined && input.private !== true) refuseLoopback(loaded, url);
	const target = targetOfUrl(url, input.private ?? false);
	const probe = await probeApplication(ctx, target, listHealthPaths(loaded));
	const parsed = readUrl(url);
	const name = input.service ?? nameService(parsed, await readPackageName(ctx));
	const isPrivate = target.private;
	const configText = writeConfig({
		name,
		url: target.url,
		runbook: relative(dirname(configPath), file),
		private: isPrivate,
		convexUrl: probe.convexUrl,
	});
	const { bound, proposals } = loaded;
	const bindings = selectAccepted(proposals, 'certain');
	return {
		name,
		url: target.url,
		private: isPrivate,
		runbook: loaded.file.shownPath,
		title: bound.title,
		counts: {
			issues: bound.issues.length,
			procedures: bound.procedures.length,
			checklists: bound.checklists.length,
			contacts: bound.contacts.length,
		},
		probe,
		placeholderHosts: isLoopbackUrl(parsed) || input.url !== undefined ? listPlaceholderHosts(bound) : [],
		config,
		configPath,
		configText,
		bindings,
		uncertain: proposals.filter((proposal) => !bindings.includes(proposal)),
		warnings: loaded.warnings,
	};
}

async function refuseExisting(ctx: OperationContext, path: string): Promise<void> {
	if (!(await ctx.files.list(dirname(path))).includes(basename(path))) return;
	throw new OperationError('conflict', `${showPath(ctx.directory, path)} exists already: nothing was written`, {
		hint: `Run holdfast diagnose to use it, edit it, or move it away and run init again.`,
	});
}

function refuseProblems({ problems, file }: BoundRunbook): void {
	if (problems.length > 0)
		throw new OperationError('invalid', `${file.shownPath} holds bindings that are wrong: nothing was written`, { problems });
}

/** A document may come from anywhere: it does not open this machine to the checks. Who types the URL means it. */
function refuseLoopback({ file }: BoundRunbook, url: string): void {
	if (!isLoopbackUrl(new URL(url))) return;
	throw new OperationError('invalid', `${file.shownPath} names ${url}`, {
		hint: `If that is meant: holdfast init ${file.shownPath} ${url}`,
	});
}

/** The document's own words first: a real application or health URL. */
function findApplicationUrl({ urls }: Runbook): string | null {
	const found =
		urls.find(({ kind, url }) => kind === 'app' && isReal(url)) ?? urls.find(({ kind, url }) => kind === 'health' && isReal(url));
	return found === undefined ? null : new URL(found.url).origin;
}

function listHealthPaths({ proposals }: BoundRunbook): readonly string[] {
	return proposals.flatMap(({ binding }) => {
		const path = binding.id === 'http.health' ? binding.params.path : undefined;
		return path === undefined ? [] : [path];
	});
}

/** A host that the document leaves to its reader to fill in is nobody's address. */
function isReal(url: string): boolean {
	return URL.canParse(url) && findPlaceholders(url).length === 0;
}

function listPlaceholderHosts(runbook: Runbook): readonly string[] {
	const commands = [...runbook.fences.flatMap(({ commands }) => commands), ...runbook.commands.map(({ command }) => command)];
	const hosts = commands.flatMap(({ placeholders }) =>
		placeholders.filter(({ form }) => form === 'your' || form === 'example-host').map(({ text }) => text),
	);
	const urls = runbook.urls.filter(({ kind, url }) => kind === 'placeholder' && URL.canParse(url)).map(({ url }) => new URL(url).host);
	return [...new Set([...hosts, ...urls].map((text) => (URL.canParse(text) && text.includes('://') ? new URL(text).host : text)))];
}

async function readPackageName(ctx: OperationContext): Promise<string | null> {
	const reading = await ctx.files.read(join(ctx.directory, 'package.json'), 1024 * 1024);
	if (reading.kind !== 'file') return null;
	try {
		const parsed: unknown = JSON.parse(new TextDecoder().decode(reading.bytes));
		return typeof parsed === 'object' && parsed !== null && 'name' in parsed && typeof parsed.name === 'string' ? parsed.name : null;
	} catch {
		return null;
	}
}
