import type { AdvisorySeverity, LockedPackage, PackageAdvisory, RegistryTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { z } from 'zod';
import { showText } from '../http/shown-text.ts';
import { askRegistry, type NpmOptions, refuseBody } from './client.ts';

/** `none` and `info` are no severity that anybody acts upon: low. */
const severityOf = (given: string): AdvisorySeverity =>
	given === 'critical' || given === 'high' || given === 'moderate' ? given : given === 'medium' ? 'moderate' : 'low';

const AdvisorySchema = z.object({
	title: z.string().catch('a vulnerability without a title'),
	url: z.string().nullish().catch(null),
	severity: z.string().catch('high'),
	vulnerable_versions: z.string(),
});
const BulkSchema = z.record(z.string(), z.array(AdvisorySchema));

/** Hundreds of advisories have some hundred kilobytes. */
const maxBytes = 8 * 1024 * 1024;

/** What `npm audit` asks: `POST /-/npm/v1/security/advisories/bulk` with every version by name. */
export async function readAdvisories(
	packages: readonly Pick<LockedPackage, 'name' | 'version'>[],
	registry: RegistryTarget,
	options: NpmOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<readonly PackageAdvisory[]>> {
	const versions = new Map<string, string[]>();
	for (const { name, version } of packages) versions.set(name, [...(versions.get(name) ?? []), version]);
	const name = 'The registry’s list of advisories';
	const asked = await askRegistry(
		registry,
		{ path: '/-/npm/v1/security/advisories/bulk', body: Object.fromEntries(versions), accept: 'application/json', maxBytes, name },
		options,
		signal,
	);
	if (asked.kind === 'no-answer') {
		// Registries that only keep packages have no such list.
		const missing = asked.code === 'not-found' || asked.code === 'bad-response';
		return missing
			? { ...asked, enable: 'set `registry: URL` for the service in holdfast.yaml to one that offers advisories, such as npm’s' }
			: asked;
	}
	const parsed = BulkSchema.safeParse(asked.json);
	if (!parsed.success) return refuseBody(registry, name);
	return {
		kind: 'answer',
		value: Object.entries(parsed.data).flatMap(([of, advisories]) =>
			advisories.map(({ title, url, severity, vulnerable_versions }) => ({
				name: of,
				title: showText(title, 200),
				url: typeof url === 'string' && /^https:\/\/[^\s]{1,300}$/.test(url) ? url : null,
				severity: severityOf(severity),
				vulnerable: showText(vulnerable_versions, 300),
			})),
		),
	};
}
