import type { JudgedResponse, Modifier } from './modifier.ts';

interface Isolation {
	readonly header: string;
	readonly id: string;
	readonly good: readonly string[];
	readonly neutral: readonly string[];
}

const isolations: readonly Isolation[] = [
	{ header: 'cross-origin-resource-policy', id: 'corp', good: ['same-origin', 'same-site'], neutral: ['cross-origin'] },
	{ header: 'cross-origin-embedder-policy', id: 'coep', good: ['require-corp', 'credentialless'], neutral: ['unsafe-none'] },
	{
		header: 'cross-origin-opener-policy',
		id: 'coop',
		good: ['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups'],
		neutral: ['unsafe-none'],
	},
];

/** Cross-Origin-Resource-, Embedder- and Opener-Policy: +10 to −5 each. */
export function judgeIsolation({ headers }: JudgedResponse): readonly Modifier[] {
	return isolations.flatMap(({ header, id, good, neutral }) => {
		const value = headers[header];
		if (value === undefined) return [];
		const word = (value.split(';')[0] ?? '').trim().toLowerCase();
		if (good.includes(word)) return [{ code: `headers.${id}`, points: 10, message: `${header} is ${word}` }];
		if (neutral.includes(word)) return [{ code: `headers.${id}-open`, points: 0, message: `${header} is ${word}` }];
		return [
			{
				code: `headers.${id}-invalid`,
				points: -5,
				message: `${header} has no value that browsers know`,
				fix: `send ${header}: ${good[0]}`,
			},
		];
	});
}

/** Cross-origin requests with credentials from anywhere: −50. */
export function judgeCors({ foreign }: JudgedResponse): readonly Modifier[] {
	if (foreign === null) return [];
	const allowed = foreign.headers['access-control-allow-origin'];
	const credentials = foreign.headers['access-control-allow-credentials']?.trim().toLowerCase() === 'true';
	if (credentials && (allowed === foreign.origin || allowed === '*')) {
		return [
			{
				code: 'headers.cors-universal',
				points: -50,
				message: 'Any site may read answers meant for a signed-in person: CORS allows every origin with credentials',
				fix: 'allow named origins only',
			},
		];
	}
	return [];
}
