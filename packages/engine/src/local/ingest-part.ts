/** The server that applications send to, over the database and configuration of this installation. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Secret } from '@holdfast/checks/secret';
import { Secret as SecretValue } from '@holdfast/checks/secret';
import type { LoadedConfig } from '../config/load-config.ts';
import { resolveSecret } from '../config/resolve-secret.ts';
import type { SecretSource } from '../config/schema.ts';
import { listSecrets } from '../evidence/mask-secrets.ts';
import type { IngestService, ServiceDirectory } from '../ingest/ports.ts';
import { createIngest, type IngestAddress } from '../ingest/server/create-ingest.ts';
import { createIngestStore } from '../intake/create-ingest-store.ts';
import type { Log } from '../log.ts';
import { OperationError, type SourceProblem } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import type { ResolvedService } from '../service/resolve-service.ts';
import type { Database } from '../storage/open-database.ts';

export const INGEST_PORT = 4001;

/** Answers requests for addresses that are not ingest's own. @returns whether it answers this one */
export type IngestPage = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface IngestPartOptions {
	readonly loaded: LoadedConfig;
	readonly services: ReadonlyMap<string, ResolvedService>;
	readonly database: Database;
	readonly log: Log;
	/** Asked in order; the first that answers has it. */
	readonly pages?: readonly IngestPage[];
	/** Appended to `/metrics`. */
	readonly moreMetrics?: () => Promise<string>;
}

export interface IngestPart {
	readonly address: IngestAddress;
	/** Takes nothing more, answers what is under way, and ends. */
	readonly stop: () => Promise<void>;
}

/** Whether the configuration asks for it. */
export function wantsIngest({ config }: LoadedConfig): boolean {
	return config.ingest !== undefined || Object.values(config.services).some(({ ingest }) => ingest !== undefined);
}

/** @throws OperationError `precondition` when a secret cannot be had, or the port is taken; then nothing listens */
export async function startIngest(ctx: OperationContext, options: IngestPartOptions): Promise<IngestPart> {
	const { loaded, database, log, pages = [] } = options;
	const { port = INGEST_PORT, host = '127.0.0.1' } = loaded.config.ingest ?? {};
	const { services, metricsToken } = await readDirectory(ctx, options);
	const store = createIngestStore(database);
	const ingest = createIngest({
		ports: { services, store },
		now: () => ctx.clock.now(),
		log,
		...(metricsToken === null ? {} : { metricsToken }),
		...(options.moreMetrics === undefined ? {} : { moreMetrics: options.moreMetrics }),
		handleOther: (request, response) => pages.some((page) => page(request, response)),
	});
	const address = await ingest.listen(port, host).catch((cause: unknown) => {
		throw refuseListening(cause, host, port);
	});
	return {
		address,
		stop: async () => {
			await ingest.close();
			await store.close();
		},
	};
}

async function readDirectory(
	ctx: OperationContext,
	{ loaded: { config, directory }, services }: IngestPartOptions,
): Promise<{ readonly services: ServiceDirectory; readonly metricsToken: Secret | null }> {
	const problems: SourceProblem[] = [];
	const read = async (name: string, source: SecretSource): Promise<readonly Secret[]> => {
		try {
			return [await resolveSecret(source, { name, directory, files: ctx.files, environment: ctx.environment })];
		} catch (error) {
			if (!(error instanceof OperationError)) throw error;
			problems.push({ file: null, line: null, column: null, message: error.message, hint: error.hint ?? '' });
			return [];
		}
	};
	const readAll = async (name: string, sources: readonly SecretSource[] | undefined): Promise<readonly Secret[]> =>
		(await Promise.all((sources ?? []).map((source, index) => read(`${name}[${index}]`, source)))).flat();
	const byProject = new Map<string, IngestService>();
	for (const [name, { ingest }] of Object.entries(config.services)) {
		if (ingest === undefined) continue;
		const at = `services.${name}.ingest`;
		const target = services.get(name)?.target;
		byProject.set(ingest.project, {
			name,
			publicKeys: ingest.keys,
			origins: ingest.origins ?? null,
			knownSecrets: target === undefined ? [] : listSecrets(target).map((value) => new SecretValue(value)),
			drainSecrets: await readAll(`${at}.drainSecrets`, ingest.drainSecrets),
			vercelDrain:
				ingest.vercelDrain === undefined
					? null
					: { secrets: await readAll(`${at}.vercelDrain.secrets`, ingest.vercelDrain.secrets), verify: ingest.vercelDrain.verify ?? null },
			releaseSecrets: await readAll(`${at}.releaseSecrets`, ingest.releaseSecrets),
			vercelWebhookSecrets: await readAll(`${at}.vercelWebhookSecrets`, ingest.vercelWebhookSecrets),
			quotas: Object.fromEntries(Object.entries(ingest.quotas ?? {}).filter(([, quota]) => quota !== undefined)),
		});
	}
	const token = config.ingest?.metricsToken;
	const [metricsToken = null] = token === undefined ? [] : await read('ingest.metricsToken', token);
	if (problems.length > 0)
		throw new OperationError('precondition', 'What applications send cannot be taken: secrets are missing.', { problems });
	return { services: { find: (projectId) => byProject.get(projectId) ?? null }, metricsToken };
}

function refuseListening(cause: unknown, host: string, port: number): OperationError {
	const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
	const why: Readonly<Record<string, string>> = {
		EADDRINUSE: `port ${port} of ${host} is taken by another process`,
		EACCES: `this account may not listen on port ${port}`,
		EADDRNOTAVAIL: `${host} is no address of this machine`,
	};
	return new OperationError(
		'precondition',
		`What applications send cannot be taken: ${why[code] ?? `listening on ${host}:${port} failed (${code})`}`,
		{
			hint:
				code === 'EADDRINUSE'
					? 'End that process, or set ingest: {port: …} in holdfast.yaml.'
					: 'Set ingest: {host: …, port: …} in holdfast.yaml.',
			cause,
		},
	);
}
