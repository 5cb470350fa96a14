/** Everything on one machine: storage, schema, monitors, engine. What `holdfast up` runs. */
import { randomUUID } from 'node:crypto';
import { loadConfig } from '../config/load-config.ts';
import { createEngine, type EngineStats } from '../engine.ts';
import type { Log } from '../log.ts';
import { type MonitorPlan, planMonitors } from '../monitors/decide.ts';
import { retireServices, syncMonitors } from '../monitors/work.ts';
import type { ChannelPort } from '../notify/channels.ts';
import { OperationError, type SourceProblem } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import { readRetention } from '../retention/decide.ts';
import { loadBoundRunbook } from '../runbook/load-bound-runbook.ts';
import { type ResolvedService, resolveService } from '../service/resolve-service.ts';
import { migrate } from '../storage/migrate.ts';
import { createTrends } from '../trend/work.ts';
import { judgeContactRoutes, openContacts } from './open-contacts.ts';
import { openStorage } from './open-storage.ts';
import { openTelling } from './open-telling.ts';
import { createDiagnosis } from './run-diagnosis.ts';
import { createMonitorRuns, createReachability } from './run-monitors.ts';

export interface StartUpOptions {
	/** Path of the configuration; absent: the nearest upwards. */
	readonly config?: string | undefined;
	/** Told in a sentence what happens. */
	readonly say: (sentence: string) => void;
	readonly log: Log;
	/** In place of the channels of the configuration. */
	readonly channels?: ChannelPort;
}

export interface Running {
	readonly stats: () => EngineStats;
	/** Finishes what runs, gives the rest back, and ends a database of our own. */
	readonly stop: () => Promise<void>;
}

/** @throws OperationError with all problems of the configuration, the runbooks and the monitors at once; then nothing was changed */
export async function startUp(ctx: OperationContext, options: StartUpOptions): Promise<Running> {
	const { say, log } = options;
	const loaded = await loadConfig(ctx, options.config);
	if (loaded === null)
		throw new OperationError('not_found', 'nothing to watch: there is no holdfast.yaml here or above', {
			hint: 'Make one: holdfast init RUNBOOK.md URL',
		});
	const { config, directory, file } = loaded;
	const services = new Map<string, ResolvedService>();
	for (const name of Object.keys(config.services)) services.set(name, await resolveService(ctx, { config: file.path, service: name }));
	const plans = await planAll(ctx, { services, config, file: file.shownPath, say });
	const contacts = await openContacts(ctx, loaded);
	refuseProblems(judgeContactRoutes(loaded, contacts), 'with who is to be told');

	const storage = await openStorage(ctx, { directory, start: true, say });
	const { database } = storage;
	try {
		const { applied, version } = await migrate(database.pool);
		say(`${storage.description}, schema ${version}${applied.length === 0 ? '' : `, ${applied.length} steps applied`}.`);
		for (const [name, { wanted, unwatched }] of plans) {
			const { target } = services.get(name) as ResolvedService;
			const { added, changed, removed } = await syncMonitors(database, { name, url: target.url }, wanted);
			const changes = [`${added.length} new`, `${changed.length} changed`, `${removed.length} gone`].filter(
				(text) => !text.startsWith('0 '),
			);
			const missing = unwatched.length === 0 ? '' : `; ${unwatched.length} lines of its monitoring lists have no check`;
			say(`Watching ${name}: ${wanted.length} monitors${changes.length === 0 ? '' : ` (${changes.join(', ')})`}${missing}.`);
		}
		for (const name of await retireServices(database, [...services.keys()]))
			say(`${name} is watched no more: the configuration has it no more.`);
		const engine = createEngine({
			database,
			services: [...services.keys()],
			runChecks: createMonitorRuns(
				ctx,
				services,
				createTrends(database, (reason) => log({ event: 'trend.lost', level: 'warn', reason })),
			),
			...(await openTelling(ctx, { loaded, services, contacts, database, linkBase: config.publicUrl ?? null, say })),
			...(options.channels === undefined ? {} : { channels: options.channels }),
			retention: readRetention(config.retention),
			diagnose: createDiagnosis(ctx, services, file.path),
			isCutOff: createReachability(services),
			log,
			id: randomUUID(),
			elapsed: () => performance.now(),
		});
		await engine.start();
		return {
			stats: engine.stats,
			stop: async () => {
				await engine.stop();
				await storage.close({ andServer: true });
			},
		};
	} catch (error) {
		await storage.close();
		throw error;
	}
}

interface PlanAll {
	readonly services: ReadonlyMap<string, ResolvedService>;
	readonly config: NonNullable<Awaited<ReturnType<typeof loadConfig>>>['config'];
	readonly file: string;
	readonly say: (sentence: string) => void;
}

async function planAll(ctx: OperationContext, { services, config, file, say }: PlanAll): Promise<ReadonlyMap<string, MonitorPlan>> {
	const plans = new Map<string, MonitorPlan>();
	const problems: SourceProblem[] = [];
	for (const [name, { runbookPath, sidecarPath }] of services) {
		const bound = runbookPath === null ? null : await loadBoundRunbook(ctx, runbookPath, { sidecarPath });
		// A wrong directive keeps the rest from being watched as little as from being diagnosed.
		if (bound !== null && bound.problems.length > 0)
			say(`${bound.file.shownPath}: ${bound.problems.length} directives are wrong and left out; holdfast runbook lint shows them.`);
		const plan = planMonitors(bound?.bound ?? null, config.services[name]?.monitors ?? {}, file);
		plans.set(name, plan);
		problems.push(...plan.problems);
	}
	refuseProblems(problems, 'with what is to be watched');
	return plans;
}

function refuseProblems(problems: readonly SourceProblem[], what: string): void {
	if (problems.length === 0) return;
	throw new OperationError('invalid', `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} ${what}`, { problems });
}
