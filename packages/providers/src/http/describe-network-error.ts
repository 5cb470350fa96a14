import { TargetRefusedError, translateTlsCode } from '@holdfast/checks/target';
import type { NoAnswerCode } from '@holdfast/checks/vendors';

/** An error of fetch as a sentence made from its code alone: messages of other people’s errors may hold anything. Refusals are our own words. */
export function describeNetworkError(
	error: unknown,
	name: string,
	host: string,
): { readonly code: NoAnswerCode; readonly reason: string; readonly enable?: string } {
	if (error instanceof TargetRefusedError) {
		const { reason, fix } = error.refusal;
		return { code: 'refused', reason, ...(fix === undefined ? {} : { enable: fix }) };
	}
	const code = readCode(error, 0);
	const enable = 'look at the address, and at the network and name server of the machine that runs this check';
	switch (code) {
		case 'EAI_AGAIN':
		case 'ENETUNREACH':
		case 'ENETDOWN':
		case 'EADDRNOTAVAIL':
			return { code: 'offline', reason: `This machine has no way to ${name} (${host}: ${code})`, enable };
		case 'ENOTFOUND':
			return { code: 'network', reason: `The name ${host} does not resolve (ENOTFOUND)`, enable };
		case 'ECONNREFUSED':
			return { code: 'network', reason: `Nothing listens on ${host} (connection refused)`, enable };
		case '':
			return { code: 'network', reason: `${name} (${host}) cannot be reached`, enable };
		default:
			return describeTls(code, host) ?? { code: 'network', reason: `${name} (${host}) cannot be reached (${code})`, enable };
	}
}

function describeTls(
	code: string,
	host: string,
): { readonly code: NoAnswerCode; readonly reason: string; readonly enable?: string } | null {
	const { hostname, port } = new URL(`https://${host}`);
	const translated = translateTlsCode(code, { host: hostname, port: Number(port) || 443 });
	if (translated === null) return null;
	const { reason, fix } = translated;
	return { code: 'tls', reason, ...(fix === undefined ? {} : { enable: fix }) };
}

/** fetch wraps the socket’s error as its cause. */
function readCode(error: unknown, depth: number): string {
	if (typeof error !== 'object' || error === null || depth > 4) return '';
	if ('code' in error && typeof error.code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(error.code)) return error.code;
	if (error instanceof AggregateError && error.errors.length > 0) return readCode(error.errors[0], depth + 1);
	return 'cause' in error ? readCode(error.cause, depth + 1) : '';
}
