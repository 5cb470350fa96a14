import { resolve } from 'node:path';
import type { MissingSetting, ServiceTarget, SettingName } from '@holdfast/checks/contract';
import type { Secret } from '@holdfast/checks/secret';
import type { LoadedConfig } from '../config/load-config.ts';
import { resolveSecret } from '../config/resolve-secret.ts';
import type { SecretSource, ServiceConfig } from '../config/schema.ts';
import { OperationError } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import { isLoopbackUrl } from './loopback.ts';
import { readUrl, showUrl } from './read-url.ts';

export interface TargetOptions {
	readonly name: string;
	readonly service: ServiceConfig;
	/** What the person typed beside the configuration. */
	readonly selection: { readonly url?: string | undefined; readonly private?: boolean | undefined };
}

/**
 * A service of the configuration as the checks see it. A secret that cannot be had is told in `missing`: the check that needs it
 * says so, and all the others are answered.
 */
export async function targetOfConfig(
	ctx: OperationContext,
	loaded: LoadedConfig,
	{ name, service, selection }: TargetOptions,
): Promise<ServiceTarget> {
	const url = readUrl(selection.url ?? service.url);
	const isMeantHere = selection.url !== undefined && isLoopbackUrl(url);
	const { convex, synthetic } = service;
	const sentry = typeof service.sentry === 'object' ? service.sentry : undefined;
	const missing: MissingSetting[] = [];
	const read = (setting: SettingName, source: SecretSource | undefined): Promise<Secret | undefined> =>
		readSetting(ctx, loaded, { setting, source, missing });
	const kitToken = await read('kit.token', service.kit?.token);
	const convexAdminKey = await read('convex.adminKey', convex?.adminKey);
	const token = await read('sentry.token', sentry?.token);
	const password = await read('synthetic.password', synthetic?.password);
	const routes = (service.routes ?? []).map(({ path, text, list }) => ({ path, ...given('text', text), ...given('list', list) }));
	const used = [...(convex === undefined ? [] : ['convex']), ...(sentry === undefined ? [] : ['sentry'])];
	const at = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(loaded.directory, path));
	return {
		name,
		url: showUrl(url),
		private: (service.private ?? false) || (selection.private ?? false) || isMeantHere,
		allowHosts: service.allowHosts ?? [],
		routes,
		vendors: [...new Set([...used, ...(service.vendors ?? [])])],
		...given('csrfProbe', service.csrf?.probe),
		...given('convexUrl', convex?.url),
		...given('convexUrlSource', convex?.url === undefined ? undefined : `${loaded.file.shownPath}: services.${name}.convex.url`),
		...given('convexSiteUrl', convex?.siteUrl),
		...given('convexAdminKey', convexAdminKey),
		...given('convexUsers', convex?.users),
		...given('kitToken', kitToken),
		...given('secrets', service.secrets),
		...given('sentry', service.sentry === 'builtin' ? builtinSentry(loaded, name) : undefined),
		...given(
			'sentry',
			sentry && { url: sentry.url ?? 'https://sentry.io', org: sentry.org, project: sentry.project, ...given('token', token) },
		),
		...given('synthetic', synthetic && password && { user: synthetic.user, password, path: synthetic.path ?? '/sign-in' }),
		...given('checkout', at(service.checkout)),
		...given('registry', service.registry),
		...given('logFile', at(service.log?.file)),
		...given('envFile', at(service.envFile)),
		...given('missing', missing.length === 0 ? undefined : missing),
	};
}

/** Our own record of what the application reports. */
function builtinSentry({ config, directory }: LoadedConfig, name: string): NonNullable<ServiceTarget['sentry']> {
	return { url: config.ingest?.publicUrl ?? 'holdfast errors', org: 'holdfast', project: name, home: directory };
}

/** A field that is there only when it has a value. */
function given<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [Key in Name]?: Value } {
	return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}

interface ReadSettingOptions {
	readonly setting: SettingName;
	readonly source: SecretSource | undefined;
	/** Told here when it cannot be had. */
	readonly missing: MissingSetting[];
}

async function readSetting(
	{ files, environment }: OperationContext,
	{ directory }: LoadedConfig,
	{ setting, source, missing }: ReadSettingOptions,
): Promise<Secret | undefined> {
	if (source === undefined) return undefined;
	try {
		return await resolveSecret(source, { name: setting, directory, files, environment });
	} catch (error) {
		if (!(error instanceof OperationError)) throw error;
		missing.push({ setting, reason: error.message, enable: error.hint ?? `set ${setting} in the configuration` });
		return undefined;
	}
}
