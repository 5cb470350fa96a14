/** What the doctor judges, looked at on this machine. Starts nothing and writes nothing. */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { findConfig } from '../config/find-config.ts';
import { type LoadedConfig, loadConfig } from '../config/load-config.ts';
import { resolveSecret } from '../config/resolve-secret.ts';
import type { SecretSource } from '../config/schema.ts';
import type { ConfigFacts, DoctorFacts, Fact } from '../doctor/facts.ts';
import { planMonitors } from '../monitors/decide.ts';
import { OperationError } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import { findBinaries } from '../postgres/find-binaries.ts';
import { isReachableByOthers } from '../postgres/reachable.ts';
import { findUnprivilegedUser } from '../postgres/unprivileged-user.ts';
import { loadBoundRunbook } from '../runbook/load-bound-runbook.ts';
import { resolveService } from '../service/resolve-service.ts';
import { openDatabase } from '../storage/open-database.ts';

/** The port that `design` gives to what applications send. */
const INGEST_PORT = 4001;

export async function gatherFacts(ctx: OperationContext, input: { readonly config?: string | undefined }): Promise<DoctorFacts> {
	const { config, loaded } = await readConfig(ctx, input.config);
	const path =
		loaded?.file.path ?? (input.config === undefined ? await findConfig(ctx.files, ctx.directory) : resolve(ctx.directory, input.config));
	const directory = path === null ? ctx.directory : dirname(path);
	const database = await lookAtDatabase(ctx, directory);
	const environment = Object.fromEntries(
		['PATH', 'HOME', 'CHROMIUM_PATH', 'CHROME_PATH'].map((name) => [name, ctx.environment.read(name)]),
	);
	const services = loaded === null ? [] : Object.entries(loaded.config.services);
	return {
		node: process.versions.node,
		ownPostgres: await known(() => findOwnPostgres(directory)),
		databaseUrl: database?.facts ?? null,
		home: await known(() => lookAtHome(directory)),
		freeBytes: await known(async () => {
			const { bavail, bsize } = await statfs(directory);
			return bavail * bsize;
		}),
		chromium: await known(async () => (await (await import('@holdfast/providers/registry')).findChromium(environment)).path),
		missingTools: await findMissing(['git', 'npm']),
		clockAheadMs: await known(async () => await compareClock(ctx, database?.aheadMs ?? null, services[0]?.[1].url)),
		config,
		secrets: loaded === null ? [] : await tryListed(ctx, loaded),
		services: await Promise.all(
			services.map(async ([name, service]) => ({
				name,
				hasKitToken: service.kit?.token !== undefined,
				runbook:
					service.runbook === undefined
						? null
						: await known(async () => {
								const { runbookPath, sidecarPath } = await resolveService(ctx, { config: loaded?.file.path, service: name });
								if (runbookPath === null) throw new Error('the configuration names none');
								const { bound, problems } = await loadBoundRunbook(ctx, runbookPath, { sidecarPath });
								const placeholders = bound.contacts
									.filter(({ channels }) => channels.some(({ placeholder }) => placeholder))
									.map((contact) => contact.name);
								return { unwatched: planMonitors(bound, service.monitors ?? {}).unwatched.length, placeholders, wrong: problems.length };
							}),
			})),
		),
		ports: [{ port: INGEST_PORT, what: 'what applications send', isFree: await isFree(INGEST_PORT) }],
	};
}

async function known<T>(look: () => Promise<T>): Promise<Fact<T>> {
	try {
		return { kind: 'known', value: await look() };
	} catch (error) {
		return { kind: 'unknown', reason: (error instanceof Error ? error.message : String(error)).slice(0, 300) };
	}
}

async function readConfig(ctx: OperationContext, named: string | undefined): Promise<{ config: ConfigFacts; loaded: LoadedConfig | null }> {
	try {
		const loaded = await loadConfig(ctx, named);
		if (loaded === null) return { config: { kind: 'none' }, loaded };
		const { publicUrl, channels, heartbeat } = loaded.config;
		const rest = {
			hasPublicUrl: publicUrl !== undefined,
			channels: Object.keys(channels ?? {}).length,
			hasHeartbeat: heartbeat !== undefined,
		};
		return { config: { kind: 'valid', file: loaded.file.shownPath, ...rest }, loaded };
	} catch (error) {
		if (!(error instanceof OperationError)) throw error;
		const problems = error.problems.map(({ file, line, message }) => `${file ?? ''}${line === null ? '' : `:${line}`} ${message}`.trim());
		return { config: { kind: 'invalid', problems: problems.length === 0 ? [error.message] : problems }, loaded: null };
	}
}

async function findOwnPostgres(directory: string): Promise<string | null> {
	const found = findBinaries();
	if (found.kind === 'missing') return found.reason;
	const user = await findUnprivilegedUser();
	if (user !== null && !(await isReachableByOthers(directory)))
		return `PostgreSQL runs as ${user.name} when root starts it, and ${user.name} cannot come to ${directory}`;
	return null;
}

async function lookAtDatabase(ctx: OperationContext, directory: string) {
	const isSet = ['DATABASE_URL', 'DATABASE_URL_FILE'].some((name) => (ctx.environment.read(name) ?? '') !== '');
	if (!isSet) return null;
	let aheadMs: number | null = null;
	const facts = await known(async () => {
		const url = await resolveSecret(
			{ env: 'DATABASE_URL' },
			{ name: 'the database', directory, files: ctx.files, environment: ctx.environment },
		);
		const database = await openDatabase(url.reveal(), { max: 1 });
		try {
			aheadMs = ctx.clock.now() - (await database.now());
			const { rows } = await database.pool.query<{ version: number; may: boolean }>(
				"select current_setting('server_version_num')::int as version, has_schema_privilege(current_schema(), 'CREATE') as may",
			);
			return { version: rows[0]?.version ?? 0, mayCreate: rows[0]?.may === true };
		} finally {
			await database.close();
		}
	});
	return { facts, aheadMs: aheadMs as number | null };
}

async function lookAtHome(directory: string): Promise<{ isWritable: boolean; isOpenToOthers: boolean }> {
	const home = join(directory, '.holdfast');
	const seen = await stat(home).catch(() => null);
	const isWritable = await access(seen === null ? directory : home, constants.W_OK).then(
		() => true,
		() => false,
	);
	// Going through (0711) is needed where PostgreSQL runs as somebody else; reading and writing are not.
	return { isWritable, isOpenToOthers: seen !== null && (seen.mode & 0o066) !== 0 };
}

async function findMissing(tools: readonly string[]): Promise<readonly string[]> {
	const run = promisify(execFile);
	const found = await Promise.all(
		tools.map((tool) =>
			run(tool, ['--version'], { timeout: 10_000 }).then(
				() => [],
				() => [tool],
			),
		),
	);
	return found.flat();
}

async function compareClock(
	ctx: OperationContext,
	databaseAheadMs: number | null,
	url: string | undefined,
): Promise<{ of: string; ms: number }> {
	if (databaseAheadMs !== null) return { of: 'the database', ms: databaseAheadMs };
	if (url === undefined) throw new Error('nothing to compare it with: no DATABASE_URL and no service');
	const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5000) }).catch(() => {
		throw new Error('nothing to compare it with: the service gave no answer');
	});
	const at = Date.parse(response.headers.get('date') ?? '');
	if (Number.isNaN(at)) throw new Error('nothing to compare it with: the service tells no Date');
	return { of: 'the service', ms: ctx.clock.now() - at };
}

/** Every place of the configuration that names a secret, tried; values are thrown away. */
async function tryListed(ctx: OperationContext, { config, directory }: LoadedConfig): Promise<DoctorFacts['secrets']> {
	return await Promise.all(
		listSources(config, []).map(async ({ path, source }) => {
			const name = path.join('.');
			const tried = await known(() => resolveSecret(source, { name, directory, files: ctx.files, environment: ctx.environment }));
			return { name, problem: tried.kind === 'known' ? null : tried.reason };
		}),
	);
}

/** Files that are no secrets. */
const PLAIN = new Set(['ca', 'log']);

function listSources(value: unknown, path: readonly string[]): readonly { path: readonly string[]; source: SecretSource }[] {
	if (typeof value !== 'object' || value === null) return [];
	const [key, ...others] = Object.keys(value);
	const only = others.length === 0 ? (value as Record<string, unknown>)[key ?? ''] : undefined;
	if ((key === 'env' || key === 'file') && typeof only === 'string')
		return PLAIN.has(path.at(-1) ?? '') ? [] : [{ path, source: value as SecretSource }];
	return Object.entries(value).flatMap(([name, one]) => listSources(one, [...path, name]));
}

function isFree(port: number): Promise<boolean> {
	return new Promise((done) => {
		const server = createServer();
		server.once('error', () => done(false));
		server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
	});
}
