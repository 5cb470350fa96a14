import { publicKeys } from '../../../backend/sign-token.ts';
import { answerBackendFailure } from '../../../http/answer-backend-failure.ts';

export const dynamic = 'force-dynamic';

/** The public key under which Convex checks the shop's tokens. */
export const GET = answerBackendFailure(
	async () => Response.json(await publicKeys(), { headers: { 'cache-control': 'public, max-age=60' } }),
	{ message: 'The keys of this shop are not available: its configuration is not valid.' },
);
