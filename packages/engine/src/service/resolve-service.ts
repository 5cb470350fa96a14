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
import { targetOfConfig } from './target-of-config.ts';

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
	/** Path of a PEM file with further certificate authorities to trust, beside those of the configuration. */
	readonly ca?: string | undefined;
}

export interface ResolvedService {
	readonly target: ServiceTarget;
	/** Null when the selection names none and the configuration knows none. */
	readonly runbookPath: string | null;
	readonly sidecarPath: string | null;
	/** Null without a configuration. */
	readonly configPath: string | null;
	/** Folder in which `.holdfast` keeps what belongs to it: that of the configuration, else the working directory. */
	readonly homeDirectory: string;
	/** Name of its history: the service's, and where its URL was replaced that URL's host as well. */
	readonly historyName: string;
}

/**
 * Finds the service that is meant.
 * A loopback URL given by the person implies `private`: whoever types http://localhost:3000 means this machine. Any other private address
 * needs `private` said, because a name of the outside world may point inwards without anybody's intention.
 * @throws OperationError `not_found`, `invalid` with the names there are.
 */
export async function resolveService(ctx: OperationContext, selection: ServiceSelection): Promise<ResolvedService> {
	const named = selection.runbook === undefined ? null : resolve(ctx.directory, selection.runbook);
	const given = selection.ca === undefined ? null : resolve(ctx.directory, selection.ca);
	const wantsConfig = selection.service !== undefined || selection.config !== undefined;
	if (selection.url !== undefined && !wantsConfig) {
		const target = { ...targetOfUrl(selection.url, selection.private ?? false), ...(await readTrust(ctx, [given])) };
		return {
			target,
			runbookPath: named,
			sidecarPath: null,
			configPath: null,
			homeDirectory: ctx.directory,
			historyName: target.name,
		};
	}
	const loaded = await loadConfig(ctx, selection.config);
	if (loaded === null) {
		throw new OperationError('not_found', 'no service: there is no holdfast.yaml here or above, and no URL was given', {
			hint: 'holdfast diagnose --url http://localhost:3000 --runbook RUNBOOK.md, or once: holdfast init RUNBOOK.md URL',
		});
	}
	const { name, service } = chooseService(loaded, selection.service);
	const configured = service.ca === undefined ? null : resolve(loaded.directory, service.ca.file);
	const target = { ...(await targetOfConfig(ctx, loaded, { name, service, selection })), ...(await readTrust(ctx, [configured, given])) };
	return {
		target,
		runbookPath: named ?? (service.runbook === undefined ? null : resolve(loaded.directory, service.runbook)),
		sidecarPath: service.bindings === undefined ? null : resolve(loaded.directory, service.bindings),
		configPath: loaded.file.path,
		homeDirectory: loaded.directory,
		historyName: target.url === showUrl(readUrl(service.url)) ? name : `${name} ${new URL(target.url).host}`,
	};
}

async function readTrust(ctx: OperationContext, paths: readonly (string | null)[]): Promise<{ readonly ca?: string }> {
	const texts = await Promise.all(paths.flatMap((path) => (path === null ? [] : [readAuthorities(ctx, path)])));
	return texts.length === 0 ? {} : { ca: texts.join('\n') };
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
