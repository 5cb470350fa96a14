/** The application's dependencies and the registry that is asked about them, for the checks of both. */
import type { CheckContext, Outcome } from '../contract.ts';
import { checkTarget } from '../probe/target.ts';
import { type LockedPackages, type RegistryTarget, readReach } from '../vendors.ts';

/** Where npm asks unless it is told otherwise. What the application's own `.npmrc` says is not followed: it may be anybody's. */
const USUAL_REGISTRY = 'https://registry.npmjs.org';

export const dependencyRequires = [
	'`checkout: PATH` in holdfast.yaml, with a package-lock.json of npm 7 or later',
	'a way to the package registry (`registry: URL` in holdfast.yaml for one of your own)',
];

export type Dependencies =
	| { readonly kind: 'dependencies'; readonly locked: LockedPackages; readonly registry: RegistryTarget; readonly subject: string }
	| { readonly kind: 'none'; readonly outcome: Outcome };

export function readDependencies(context: CheckContext): Promise<Dependencies> {
	return context.fact('dependencies', async (signal): Promise<Dependencies> => {
		const { service } = context;
		const none = (reason: string, enable: string): Dependencies => ({ kind: 'none', outcome: { state: 'unknown', reason, enable } });
		if (service.checkout === undefined)
			return none('It is not known where the application’s checkout is', 'set `checkout: PATH` for the service in holdfast.yaml');
		const url = (service.registry ?? USUAL_REGISTRY).replace(/\/+$/, '');
		const locked = await context.vendors.packages.readLockfile(service.checkout, signal);
		if (locked.kind === 'no-answer') return none(locked.reason, locked.enable ?? 'correct `checkout` for the service in holdfast.yaml');
		const allowed = checkTarget(url, { ...service, vendorHosts: URL.canParse(url) ? [new URL(url).hostname] : [] });
		if (!allowed.ok) return none(`The registry may not be asked: ${allowed.reason}`, allowed.fix ?? 'correct `registry` in holdfast.yaml');
		return { kind: 'dependencies', locked: locked.value, registry: { url, reach: readReach(service) }, subject: service.checkout };
	});
}

/** `1 package`, `12 packages`. */
export function countOf(count: number, word: string): string {
	return `${count} ${word}${count === 1 ? '' : 's'}`;
}
