/** Asks the checks of monitors from this machine. */
import { networkInterfaces } from 'node:os';
import { type HistoryReader, noHistory } from '@holdfast/checks/history';
import type { VendorPorts } from '@holdfast/checks/vendors';
import { openMemory, type RunMemory } from '../history/remember.ts';
import type { RunChecks } from '../observe/check-run.ts';
import type { OperationContext } from '../ports.ts';
import { isLoopbackUrl } from '../service/loopback.ts';
import type { ResolvedService } from '../service/resolve-service.ts';
import { runServiceChecks } from '../service/run-service-checks.ts';
import type { Trends } from '../trend/work.ts';

/** Checks that compare with what was seen before, and those whose facts they compare. */
const REMEMBERING: readonly string[] = ['env.changed', 'bundle.size', 'convex.url', 'data.integrity'];

/** @param trends absent: no figures are kept over time */
export function createMonitorRuns(ctx: OperationContext, services: ReadonlyMap<string, ResolvedService>, trends?: Trends): RunChecks {
	let vendors: Promise<VendorPorts> | null = null;
	const once = (): Promise<VendorPorts> => {
		vendors ??= ctx.vendors();
		return vendors;
	};
	return async ({ service: name, requests, overallMs, signal, onObservation }) => {
		const service = services.get(name);
		if (service === undefined) throw new Error(`expected a service of the configuration, got ${name}`);
		const memory = requests.some(({ id }) => REMEMBERING.includes(id)) ? await open(ctx, service) : null;
		const history: HistoryReader = memory?.reader ?? noHistory;
		const observations = await runServiceChecks(
			{ ...ctx, signal, vendors: once },
			{
				target: service.target,
				requests: requests.map(({ id, params }) => ({ id, params })),
				history,
				trend: trends?.readerOf(name),
				overallMs,
				purpose: 'monitor',
				// What is remembered is compared with every fact of a run, also those of its prerequisites.
				prerequisites: memory === null ? 'on-failure' : 'always',
				onProgress: ({ latest }) => onObservation(latest),
			},
		);
		await trends?.keep(name, observations);
		await memory?.keep(observations.filter(({ facts }) => facts.length > 0));
		return observations;
	};
}

function open(ctx: OperationContext, { homeDirectory, historyName }: ResolvedService): Promise<RunMemory> {
	return openMemory(ctx, { directory: homeDirectory, name: historyName }, true);
}

/** Services on this machine have no host that could be lost. */
export function hostsOf(services: ReadonlyMap<string, ResolvedService>): ReadonlyMap<string, string | null> {
	return new Map(
		[...services].map(([name, { target }]) => {
			const url = new URL(target.url);
			return [name, isLoopbackUrl(url) ? null : url.hostname.toLowerCase()];
		}),
	);
}

/** Without an address of its own this machine reaches itself only. */
export function hasAddress(): boolean {
	return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal) ?? false);
}
