/** Everything on one machine: storage, schema, monitors, engine. What `holdfast up` runs. */
import { randomUUID } from 'node:crypto';
import { createAcknowledgePage } from '../acknowledge/page.ts';
import { loadConfig } from '../config/load-config.ts';
import { createEngine, type EngineStats } from '../engine.ts';
import { recordGap } from '../gap/work.ts';
import type { Log } from '../log.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { retireServices, syncMonitors } from '../monitors/work.ts';
import { closeLosses } from '../network/queries.ts';
import { createNetworkWatch } from '../network/work.ts';
import type { ChannelPort } from '../notify/channels.ts';
import { syncObjectives } from '../objectives/work.ts';
import { OperationError } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import { readRetention } from '../retention/decide.ts';
import { type ResolvedService, resolveService } from '../service/resolve-service.ts';
import { migrate } from '../storage/migrate.ts';
import { createTrends } from '../trend/work.ts';
import { createOutside } from './ask-outside.ts';
import { type IngestPage, startIngest, wantsIngest } from './ingest-part.ts';
import { judgeContactRoutes, openContacts } from './open-contacts.ts';
import { openStorage } from './open-storage.ts';
import { openTelling } from './open-telling.ts';
import { planServices, refuseProblems, type ServicePlan } from './plan-services.ts';
import { readRoles } from './roles.ts';
import { createDiagnosis } from './run-diagnosis.ts';
import { runHeartbeat } from './run-heartbeat.ts';
import { createMonitorRuns, hasAddress, hostsOf } from './run-monitors.ts';
import { useOpen, withBuiltinSentry } from './with-builtin-sentry.ts';

export interface StartUpOptions {
	/** Path of the configuration; absent: the nearest upwards. */
	readonly config?: string | undefined;
	/** Told in a sentence what happens. */
	readonly say: (sentence: string) => void;
	readonly log: Log;
	/** In place of the channels of the configuration. */
	readonly channels?: ChannelPort;
	/** `engine` watches, `ingest` takes what applications send; all when absent. */
	readonly roles?: readonly string[] | undefined;
	/** Pages of others on the port of ingest. */
	readonly pages?: readonly IngestPage[];
}

export interface Running {
	/** Null: this process does not watch. */
	readonly stats: () => EngineStats | null;
	/** Finishes what runs, gives the rest back, and ends a database of our own. */
	readonly stop: () => Promise<void>;
}

/** @throws OperationError with all problems of the configuration, the runbooks and the monitors at once; then nothing was changed */
export async function startUp(ctx: OperationContext, options: StartUpOptions): Promise<Running> {
	const { say, log } = options;
	const roles = readRoles(options.roles);
	const loaded = await loadConfig(ctx, options.config);
	if (loaded === null)
		throw new OperationError('not_found', 'nothing to watch: there is no holdfast.yaml here or above', {
			hint: 'Make one: holdfast init RUNBOOK.md URL',
		});
	const { config, directory, file } = loaded;
	const services = new Map<string, ResolvedService>();
	for (const name of Object.keys(config.services)) services.set(name, await resolveService(ctx, { config: file.path, service: name }));
	const watches = roles.has('engine');
	const takesIn = roles.has('ingest') && wantsIngest(loaded);
	if (!watches && !takesIn)
		throw new OperationError('invalid', `--role ingest: ${file.shownPath} has no ingest`, {
			hint: 'Say what applications may send: services.NAME.ingest: {project, keys}.',
		});
	const plans = !watches ? new Map<string, ServicePlan>() : await planServices(ctx, { services, config, file: file.shownPath, say });
	const contacts = await openContacts(ctx, loaded);
	refuseProblems(judgeContactRoutes(loaded, contacts), 'with who is to be told');

	const storage = await openStorage(ctx, { directory, start: true, say });
	const { database } = storage;
	try {
		const { applied, version } = await migrate(database.pool);
		say(`${storage.description}, schema ${version}${applied.length === 0 ? '' : `, ${applied.length} steps applied`}.`);
		for (const [name, { wanted, unwatched, objectives }] of plans) {
			const { target } = services.get(name) as ResolvedService;
			const { added, changed, removed } = await syncMonitors(database, { name, url: target.url }, wanted);
			await syncObjectives(database, name, objectives);
			const changes = [`${added.length} new`, `${changed.length} changed`, `${removed.length} gone`].filter(
				(text) => !text.startsWith('0 '),
			);
			const missing = unwatched.length === 0 ? '' : `; ${unwatched.length} lines of its monitoring lists have no check`;
			say(`Watching ${name}: ${wanted.length} monitors${changes.length === 0 ? '' : ` (${changes.join(', ')})`}${missing}.`);
		}
		for (const name of watches ? await retireServices(database, [...services.keys()]) : [])
			say(`${name} is watched no more: the configuration has it no more.`);
		let metrics = createMetrics({ database });
		const acknowledgePage = createAcknowledgePage({
			database,
			onError: (error) => log({ event: 'acknowledge.failed', level: 'warn', reason: error instanceof Error ? error.message : 'unknown' }),
		});
		const ingest = takesIn
			? await startIngest(ctx, {
					loaded,
					services,
					database,
					log,
					moreMetrics: () => metrics(),
					pages: [acknowledgePage, ...(options.pages ?? [])],
				})
			: null;
		if (ingest !== null) say(`Taking what applications send on ${ingest.address.url}.`);
		const asking = { ...ctx, vendors: async () => withBuiltinSentry(await ctx.vendors(), useOpen(database)) };
		const id = randomUUID();
		const askOutside = createOutside(config.outside ?? []);
		// A reference that never answers would take every outage for a loss of our own network.
		if (askOutside !== null && !(await askOutside()))
			say('None of the references outside (outside: in the configuration) answers now: name some that this machine reaches.');
		const elapsed = (): number => performance.now();
		const engine = createEngine({
			database,
			services: [...services.keys()],
			runChecks: createMonitorRuns(
				asking,
				services,
				createTrends(database, (reason) => log({ event: 'trend.lost', level: 'warn', reason })),
			),
			...(await openTelling(ctx, {
				loaded,
				services,
				contacts,
				database,
				linkBase: config.ingest?.publicUrl ?? ingest?.address.url ?? null,
				say,
			})),
			...(options.channels === undefined ? {} : { channels: options.channels }),
			retention: readRetention(config.retention),
			diagnose: createDiagnosis(asking, services, file.path),
			findCutOff: createNetworkWatch(database, {
				hosts: hostsOf(services),
				hasAddress,
				askOutside,
				elapsed,
				log,
				engine: id,
			}),
			log,
			id,
			elapsed,
		});
		if (watches) await closeLosses(database.pool, null, await database.now());
		const gap = watches ? await recordGap(database) : null;
		if (gap !== null) {
			say(`Nobody watched from ${new Date(gap.from).toISOString()} to ${new Date(gap.to).toISOString()}.`);
			log({ event: 'watch.gap', level: 'warn', from: new Date(gap.from).toISOString(), to: new Date(gap.to).toISOString() });
		}
		if (watches) metrics = createMetrics({ database, stats: engine.stats });
		const heartbeat = watches ? await runHeartbeat(ctx, { config, directory, database, stats: engine.stats, log }) : null;
		if (watches)
			await engine.start().catch(async (error: unknown) => {
				await ingest?.stop();
				await heartbeat?.stop();
				throw error;
			});
		return {
			stats: () => (watches ? engine.stats() : null),
			stop: async () => {
				await ingest?.stop();
				await heartbeat?.stop();
				if (watches) await engine.stop();
				await storage.close({ andServer: true });
			},
		};
	} catch (error) {
		await storage.close();
		throw error;
	}
}
