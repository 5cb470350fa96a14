import { resolve } from 'node:path';
import type { ServiceTarget } from '@holdfast/checks/contract';
import { findNearestName } from '@holdfast/runbook/nearest-name';
import { type LoadedConfig, loadConfig } from '../config/load-config.ts';
import type { ServiceConfig } from '../config/schema.ts';
import { OperationError } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import { isLoopbackUrl } from './loopback.ts';
import { readAuthorities } from './read-authorities.ts';
import { readUrl, showUrl } from './read-url.ts';

/** How a person names the service: by configuration, or by a URL alone. */
export interface ServiceSelection {
	/** Path of a configuration; absent: the nearest `holdfast.yaml` upwards. */
	readonly config?: string | undefined;
	/** Name of a service in it; may be left out where there is one only. */
	readonly service?: string | undefined;
	/** Alone: instead of a configuration. With `config` or `service`: instead of that service's own URL; all else of it stays. */
	readonly url?: string | undefined;
	/** Path of the runbook; wins over the configuration's. */
	readonly runbook?: string | undefined;
	/** Private addresses are allowed. */
	readonly private?: boolean | undefined;
}

export interface ResolvedService {
	readonly target: ServiceTarget;
	/** Null when the selection names none and the configuration knows none. */
	readonly runbookPath: string | null;
	readonly sidecarPath: string | null;
	/** Null without a configuration. */
	readonly configPath: string | null;
}

/**
 * Finds the service that is meant.
 * A loopback URL given by the person implies `private`: whoever types http://localhost:3000 means this machine. Any other private address
 * needs `private` said, because a name of the outside world may point inwards without anybody's intention.
 * @throws OperationError `not_found`, `invalid` with the names there are.
 */
export async function resolveService(ctx: OperationContext, selection: ServiceSelection): Promise<ResolvedService> {
	const named = selection.runbook === undefined ? null : resolve(ctx.directory, selection.runbook);
	const wantsConfig = selection.service !== undefined || selection.config !== undefined;
	if (selection.url !== undefined && !wantsConfig) {
		return { target: targetOfUrl(selection.url, selection.private ?? false), runbookPath: named, sidecarPath: null, configPath: null };
	}
	const loaded = await loadConfig(ctx, selection.config);
	if (loaded === null) {
		throw new OperationError('not_found', 'no service: there is no holdfast.yaml here or above, and no URL was given', {
			hint: 'holdfast diagnose --url http://localhost:3000 --runbook RUNBOOK.md, or once: holdfast init RUNBOOK.md URL',
		});
	}
	const { name, service } = chooseService(loaded, selection.service);
	return {
		target: await targetOfConfig(ctx, loaded, { name, service, selection }),
		runbookPath: named ?? (service.runbook === undefined ? null : resolve(loaded.directory, service.runbook)),
		sidecarPath: service.bindings === undefined ? null : resolve(loaded.directory, service.bindings),
		configPath: loaded.file.path,
	};
}

/** The service as the checks see it, from a URL alone. */
export function targetOfUrl(given: string, allowPrivate: boolean): ServiceTarget {
	const url = readUrl(given);
	return { name: url.host, url: showUrl(url), private: allowPrivate || isLoopbackUrl(url), allowHosts: [], routes: [], vendors: [] };
}

function chooseService(loaded: LoadedConfig, named: string | undefined): { name: string; service: ServiceConfig } {
	const names = Object.keys(loaded.config.services);
	const name = named ?? (names.length === 1 ? names[0] : undefined);
	if (name === undefined) {
		throw new OperationError('invalid', `${loaded.file.shownPath} has ${names.length} services: expected one to be named`, {
			hint: `Add --service ${names[0]}; there are ${names.join(', ')}.`,
		});
	}
	const service = Object.hasOwn(loaded.config.services, name) ? loaded.config.services[name] : undefined;
	if (service === undefined) {
		const nearest = findNearestName(name, names);
		throw new OperationError('not_found', `${name}: no such service in ${loaded.file.shownPath}`, {
			hint: nearest === null ? `There are ${names.join(', ')}.` : `Did you mean ${nearest}?`,
		});
	}
	return { name, service };
}

async function targetOfConfig(
	ctx: OperationContext,
	loaded: LoadedConfig,
	{ name, service, selection }: { readonly name: string; readonly service: ServiceConfig; readonly selection: ServiceSelection },
): Promise<ServiceTarget> {
	const url = readUrl(selection.url ?? service.url);
	const isMeantHere = selection.url !== undefined && isLoopbackUrl(url);
	const ca = service.ca === undefined ? {} : { ca: await readAuthorities(ctx, resolve(loaded.directory, service.ca.file)) };
	const convexUrl = service.convex?.url;
	const routes = (service.routes ?? []).map(({ path, text, list }) => ({
		path,
		...(text === undefined ? {} : { text }),
		...(list === undefined ? {} : { list }),
	}));
	const used = [...(service.convex === undefined ? [] : ['convex']), ...(typeof service.sentry === 'object' ? ['sentry'] : [])];
	const vendors = [...new Set([...used, ...(service.vendors ?? [])])];
	return {
		name,
		url: showUrl(url),
		private: (service.private ?? false) || (selection.private ?? false) || isMeantHere,
		allowHosts: service.allowHosts ?? [],
		routes,
		vendors,
		...(service.csrf === undefined ? {} : { csrfProbe: service.csrf.probe }),
		...(convexUrl === undefined ? {} : { convexUrl, convexUrlSource: `${loaded.file.shownPath}: services.${name}.convex.url` }),
		...ca,
	};
}
