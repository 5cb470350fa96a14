/**
 * Runs checks as a graph: prerequisites added, each question once, all at the same time, each fact measured once, everything
 * within one deadline. The result does not depend on who finished first.
 */
import { setMaxListeners } from 'node:events';
import type { CheckRequest, Observation, ServiceTarget } from './contract.ts';
import { CheckUsageError } from './graph/check-usage-error.ts';
import { createFacts } from './graph/facts.ts';
import { markEchoes } from './graph/mark-echoes.ts';
import { type PlannedCheck, planGraph } from './graph/plan-graph.ts';
import { ENDED, runOne } from './graph/run-one.ts';
import { type HistoryReader, noHistory } from './history.ts';
import { createHttpProbe, type HttpProbe } from './probe/http-probe.ts';
import { createNetProbe, type NetProbe } from './probe/net-probe.ts';
import type { TargetPolicy } from './probe/target.ts';
import { readAuthorities } from './probe/trust.ts';
import { checkList } from './registry.ts';
import { noTrend, type TrendReader } from './trend.ts';
import type { VendorPorts } from './vendors.ts';

export { CheckUsageError, type UsageProblem } from './graph/check-usage-error.ts';

export interface RunOptions {
	readonly service: ServiceTarget;
	readonly requests: readonly CheckRequest[];
	readonly vendors: VendorPorts;
	/** Whole run, in milliseconds; 10,000 when absent. */
	readonly overallMs?: number;
	/** Stops the run: what is unfinished comes back as unknown. */
	readonly signal?: AbortSignal;
	/** Milliseconds since the epoch; the system's clock when absent. */
	readonly now?: () => number;
	/** What was seen before; absent: nothing is remembered. */
	readonly history?: HistoryReader;
	/** What was measured before; absent: nothing. */
	readonly trend?: TrendReader;
	/** Whether somebody waits for the answer; `diagnosis` when absent. */
	readonly purpose?: 'diagnosis' | 'monitor';
	/**
	 * `on-failure`: what nobody asked for runs when something that stands on it failed or takes long, because it is there to explain
	 * failures. `always` when absent.
	 */
	readonly prerequisites?: 'always' | 'on-failure';
	/** Called as each check ends, in the order they end; `echoOf` is not known yet. */
	readonly onObservation?: (observation: Observation) => void;
	/** Stand-ins for the probes, for tests. */
	readonly probes?: { readonly http?: HttpProbe; readonly net?: NetProbe };
}

/** A request gives up before the check that made it, so that a hang is reported as one, with its phase. */
const requestShare = 0.8;
const longestRequestMs = 8000;

/** What takes longer may be about to fail: its prerequisites begin, so that they end within the same deadline. */
const slowMs = 1000;

/**
 * @returns one observation per question, prerequisites included, in the catalogue's order and then by key.
 * @throws {CheckUsageError} with all problems, before anything is run, when an id or a parameter is wrong.
 * @throws {Error} when the service's URL or authorities cannot be read.
 */
export async function runChecks(options: RunOptions): Promise<readonly Observation[]> {
	const service = readService(options.service);
	const overallMs = options.overallMs ?? 10_000;
	const plan = planGraph(options.requests, checkList, service);
	if (!plan.ok) throw new CheckUsageError(plan.problems);

	const deadline = new AbortController();
	const stop = (): void => deadline.abort(ENDED);
	const timer = setTimeout(stop, overallMs);
	options.signal?.addEventListener('abort', stop, { once: true });
	if (options.signal?.aborted === true) stop();
	const timeoutMs = Math.min(longestRequestMs, Math.round(overallMs * requestShare));
	const probe = { policy: buildPolicy(service), timeoutMs, ...(service.ca === undefined ? {} : { ca: service.ca }) };
	const overall = deadline.signal;
	// Every request of a shared fact listens to it; Node takes more than ten for a leak and says so on stderr.
	setMaxListeners(0, overall);
	const context = {
		service,
		now: options.now ?? Date.now,
		fact: createFacts(overall),
		http: options.probes?.http ?? createHttpProbe(probe),
		net: options.probes?.net ?? createNetProbe(probe),
		vendors: options.vendors,
		history: options.history ?? noHistory,
		trend: options.trend ?? noTrend,
		purpose: options.purpose ?? ('diagnosis' as const),
	};
	const run = async (planned: PlannedCheck): Promise<Observation> => {
		const observation = await runOne(planned, { context, overall, caller: options.signal, overallMs });
		options.onObservation?.(observation);
		return observation;
	};
	try {
		const observations = await (options.prerequisites === 'on-failure'
			? runWhatIsNeeded(plan.planned, run)
			: Promise.all(plan.planned.map(run)));
		return markEchoes(observations, new Map(plan.planned.map(({ key, needs }) => [key, needs])));
	} finally {
		clearTimeout(timer);
		options.signal?.removeEventListener('abort', stop);
		stop();
	}
}

/** @returns in the order of the plan, those that were needed. */
async function runWhatIsNeeded(
	planned: readonly PlannedCheck[],
	run: (item: PlannedCheck) => Promise<Observation>,
): Promise<readonly Observation[]> {
	const begun = new Map<string, Promise<Observation>>();
	const begin = (item: PlannedCheck): Promise<Observation> => {
		const known = begun.get(item.key) ?? run(item);
		begun.set(item.key, known);
		return known;
	};
	const timer = setTimeout(() => {
		for (const item of planned) void begin(item);
	}, slowMs);
	const answers = await Promise.all(planned.filter(({ asked }) => asked).map(begin));
	clearTimeout(timer);
	const needed = new Set(answers.map(({ key }) => key));
	const byKey = new Map(planned.map((item) => [item.key, item]));
	const need = (key: string): void => {
		for (const one of byKey.get(key)?.needs ?? []) {
			if (needed.has(one) && byKey.get(one)?.asked !== true) continue;
			needed.add(one);
			need(one);
		}
	};
	for (const { key, state } of answers) if (state === 'fail') need(key);
	return await Promise.all(planned.filter(({ key }) => needed.has(key)).map(begin));
}

function readService(service: ServiceTarget): ServiceTarget {
	if (!URL.canParse(service.url))
		throw new Error(
			`expected the service's url as in https://shop.example, got "${service.url.slice(0, 100)}"; correct it in holdfast.yaml or with --url`,
		);
	if (service.ca !== undefined) readAuthorities(service.ca);
	return service;
}

/** The Convex deployment that the configuration names belongs to the service, and so do the vendor's own domains. */
function buildPolicy(service: ServiceTarget): TargetPolicy {
	const convexHost = service.convexUrl !== undefined && URL.canParse(service.convexUrl) ? [new URL(service.convexUrl).hostname] : [];
	return {
		url: service.url,
		private: service.private,
		allowHosts: service.allowHosts,
		vendorHosts: [...convexHost, '*.convex.cloud', '*.convex.site'],
	};
}
