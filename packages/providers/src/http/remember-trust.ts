import type { SecureContext } from 'node:tls';
import { createTrust } from '@holdfast/checks/target';

/** Remembers the last one: a service has one set of authorities, and reading them costs more than a request. */
export function rememberTrust(): (ca: string) => SecureContext {
	let last: { readonly ca: string; readonly context: SecureContext } | null = null;
	return (ca) => {
		if (last?.ca !== ca) last = { ca, context: createTrust(ca) };
		return last.context;
	};
}
