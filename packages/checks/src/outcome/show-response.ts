/** An HTTP answer as evidence: status line, headers, beginning of the body; redacted and short. */
import type { Evidence, Finding } from '../contract.ts';
import type { HttpResponse } from '../probe/http-probe.ts';
import { redactHeader, redactText, redactUrl } from '../probe/redact.ts';

const maxBodyCharacters = 600;

export function showResponse(response: HttpResponse, method = 'GET'): Evidence {
	const text = response.body.toString('utf8');
	const printable = /^(text\/|application\/(json|.*\+json|javascript|xml))/.test(response.headers['content-type'] ?? 'text/plain');
	const shown = printable ? redactText(text.slice(0, maxBodyCharacters)) : `[${response.body.length} bytes]`;
	const lines = [
		`${method} ${redactUrl(response.url)}`,
		`${response.status} ${response.statusText} in ${Math.round(response.durationMs)} ms`.replace('  ', ' '),
		...Object.entries(response.headers).map(([name, value]) => redactHeader(name, value)),
		...response.setCookies.map((cookie) => redactHeader('set-cookie', cookie)),
		'',
		shown,
	];
	const truncated = response.cut !== null || (printable && text.length > maxBodyCharacters);
	return {
		title: `Answer of ${new URL(response.url).pathname}`,
		kind: 'http',
		body: lines.join('\n'),
		...(truncated ? { truncated } : {}),
	};
}

/** @returns what is wrong with a body that was not read to its end; null when it was. */
export function describeCut(response: HttpResponse): Finding | null {
	if (response.cut === null) return null;
	const limit = formatBytes(response.cut.limitBytes);
	const path = new URL(response.url).pathname;
	switch (response.cut.at) {
		case 'wire':
			return {
				code: 'body.too-long',
				severity: 'fail',
				message: `The body of ${path} is longer than ${limit} or does not end; it was cut there`,
				fix: 'look at what this route sends; a page or a health answer ends',
			};
		case 'decoded':
			return {
				code: 'body.bomb',
				severity: 'fail',
				message: `The body of ${path} unpacks to more than ${limit} from ${formatBytes(response.wireBytes)} sent; unpacking stopped there`,
				fix: 'look at what this route sends and who compresses it',
			};
		default:
			return response.cut.at satisfies never;
	}
}

/** @returns `640 bytes`, `12 KiB`, `2 MiB`. */
export function formatBytes(bytes: number): string {
	if (bytes < 1024) return `${bytes} bytes`;
	if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KiB`;
	return `${Number((bytes / 1024 / 1024).toFixed(1))} MiB`;
}
