/** The TLS handshake with an endpoint, made once per run for all checks that look at it. */
import type { CheckContext } from '../contract.ts';
import type { ProbeFailure } from '../probe/failure.ts';
import type { Handshaken } from '../probe/net-probe.ts';

export function readHandshake(
	context: CheckContext,
	{ host, port }: { readonly host: string; readonly port: number },
): Promise<Handshaken | ProbeFailure> {
	return context.fact(`handshake:${host}:${port}`, (signal) => context.net.handshake({ host, port, signal }));
}

/** Of a service on plain http nothing is said about TLS: neither good nor bad. */
export const noTls = {
	state: 'unknown' as const,
	applicable: false,
	reason: 'Served over plain http: there is no TLS and no certificate to look at',
	enable: 'serve it over https and give the service an https:// url',
};
