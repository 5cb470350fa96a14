import type { JudgedResponse, Modifier } from './modifier.ts';

/** Six months in seconds, the bound of the scanner's code. */
const sixMonths = 15_552_000;

/** Strict-Transport-Security: 0 to −20. Whether a host is preloaded stands in browsers' lists, which are not looked at (+5). */
export function judgeHsts({ url, headers }: JudgedResponse): readonly Modifier[] {
	const fix = 'send Strict-Transport-Security: max-age=63072000; includeSubDomains';
	if (url.protocol !== 'https:')
		return [
			{
				code: 'headers.hsts-no-https',
				points: -20,
				message: 'Without https there is no Strict-Transport-Security',
				fix: 'serve it over https',
			},
		];
	const header = headers['strict-transport-security'];
	if (header === undefined) return [{ code: 'headers.hsts-missing', points: -20, message: 'There is no Strict-Transport-Security', fix }];
	const maxAge = /(?:^|;)\s*max-age\s*=\s*"?(\d+)"?\s*(?:;|$|,)/i.exec(header)?.[1];
	if (maxAge === undefined)
		return [{ code: 'headers.hsts-invalid', points: -20, message: 'Strict-Transport-Security has no max-age that can be read', fix }];
	if (Number(maxAge) < sixMonths)
		return [
			{
				code: 'headers.hsts-short',
				points: -10,
				message: `Strict-Transport-Security lasts ${Math.floor(Number(maxAge) / 86_400)} days, less than 180`,
				fix,
			},
		];
	return [{ code: 'headers.hsts', points: 0, message: `Strict-Transport-Security lasts ${Math.floor(Number(maxAge) / 86_400)} days` }];
}

/** Redirection from plain http: 0 to −20. */
export function judgeRedirection({ url, plainHttp }: JudgedResponse): readonly Modifier[] {
	const fix = 'redirect http:// to https:// of the same host, with 301 or 308, before anything else';
	if (url.protocol !== 'https:')
		return [{ code: 'headers.redirection-no-https', points: -20, message: 'Plain http is not redirected to https', fix }];
	if (plainHttp === null) return [];
	switch (plainHttp.kind) {
		case 'closed':
			return [{ code: 'headers.redirection-not-needed', points: 0, message: 'Nothing answers on plain http' }];
		case 'answers':
			return [{ code: 'headers.redirection-missing', points: -20, message: 'Plain http answers and is not redirected to https', fix }];
		case 'redirects': {
			const [first = ''] = plainHttp.targets;
			const last = plainHttp.targets.at(-1) ?? first;
			if (!last.startsWith('https:'))
				return [{ code: 'headers.redirection-missing', points: -20, message: 'Redirects from plain http do not end at https', fix }];
			if (!first.startsWith('https:'))
				return [
					{ code: 'headers.redirection-late', points: -10, message: 'The first redirect from plain http does not lead to https', fix },
				];
			if (new URL(first).hostname !== url.hostname)
				return [
					{
						code: 'headers.redirection-off-host',
						points: -5,
						message: 'The first redirect from plain http leads to another host, so this one never gets Strict-Transport-Security',
						fix,
					},
				];
			return [{ code: 'headers.redirection', points: 0, message: 'Plain http redirects to https of the same host' }];
		}
		default:
			return plainHttp satisfies never;
	}
}
