import type { LockedPackage, PackageReleases, RegistryTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { z } from 'zod';
import { readTime, showText } from '../http/shown-text.ts';
import { askRegistry, type NpmOptions, refuseBody } from './client.ts';

const ReleasesSchema = z.object({
	'dist-tags': z.object({ latest: z.string() }),
	versions: z.record(z.string(), z.object({ deprecated: z.unknown().optional() })),
});
const TimesSchema = z.object({ time: z.record(z.string(), z.unknown()) });

const name = 'The registry';
/** The short form of a package with a thousand releases has some megabytes, the full one several times that. */
const maxShort = 16 * 1024 * 1024;
const maxFull = 24 * 1024 * 1024;

/** The short form of a package's document (https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md). */
export async function readReleases(
	wanted: string,
	registry: RegistryTarget,
	options: NpmOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<PackageReleases | null>> {
	const accept = 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8';
	const asked = await askRegistry(registry, { path: pathOf(wanted), accept, maxBytes: maxShort, name }, options, signal);
	if (asked.kind === 'no-answer') return asked.code === 'not-found' ? { kind: 'answer', value: null } : asked;
	const parsed = ReleasesSchema.safeParse(asked.json);
	if (!parsed.success) return refuseBody(registry, name);
	const { versions } = parsed.data;
	const deprecated = Object.entries(versions).flatMap(([version, { deprecated: said }]): readonly [string, string][] =>
		typeof said === 'string' && said !== '' ? [[version, showText(said, 200)]] : [],
	);
	return { kind: 'answer', value: { name: wanted, latest: parsed.data['dist-tags'].latest, deprecated: Object.fromEntries(deprecated) } };
}

/** Times stand in the full document only. */
export async function readPublished(
	wanted: Pick<LockedPackage, 'name' | 'version'>,
	registry: RegistryTarget,
	options: NpmOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<string | null>> {
	const request = { path: pathOf(wanted.name), accept: 'application/json', maxBytes: maxFull, name };
	const asked = await askRegistry(registry, request, options, signal);
	if (asked.kind === 'no-answer') return asked;
	const parsed = TimesSchema.safeParse(asked.json);
	const at = parsed.success && Object.hasOwn(parsed.data.time, wanted.version) ? readTime(parsed.data.time[wanted.version]) : null;
	return { kind: 'answer', value: at };
}

/** `@scope/name` is one part of the path. */
function pathOf(wanted: string): string {
	return `/${encodeURIComponent(wanted).replace(/^%40/, '@')}`;
}
