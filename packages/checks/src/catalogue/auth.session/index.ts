import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Outcome } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { redactCookie } from '../../probe/redact.ts';
import { type Look, lookSignedIn } from '../../sign-in/look-signed-in.ts';
import { signIn } from '../../sign-in/sign-in.ts';
import { judgeCookiesKept, judgeLook } from './judge-session.ts';

/** In a diagnosis somebody waits; a monitor sees sessions that end within a minute. Milliseconds. */
const laterMs = { diagnosis: 1000, monitor: 60_000 } as const;

/** Each on a connection of its own, so that instances that disagree about the session are met. */
const looksAtOnce = 3;

export const authSession = defineCheck({
	id: 'auth.session',
	title: 'A session holds',
	question: 'Is somebody who signed in still signed in on the next request, and a little later?',
	explains:
		'After the sign-in of auth.login: whether a cookie came and is kept as browsers keep it, whether the next three requests are taken for signed in (`/api/session`, else the page on which the sign-in ended), and again after 1 s in a diagnosis, 60 s as a monitor. ok: signed in both times. fail: no cookie is kept, lost on the next request, or lost later. unknown: nobody could be signed in, or the pages look the same for strangers.',
	requires: ['`synthetic: {user, password, path}` in holdfast.yaml: an account without rights'],
	needs: ['auth.login'],
	params: z.object({}),
	deadlineMs: 75_000,
	run: async (context): Promise<Outcome> => {
		const result = await signIn(context);
		if (result.kind === 'not-tried') return { state: 'unknown', reason: result.reason, enable: result.enable };
		if (result.kind !== 'answered' || result.answer.kind !== 'accepted')
			return {
				state: 'unknown',
				reason: 'Nobody could be signed in, so no session could be looked at',
				enable: 'holdfast check auth.login',
			};
		const evidence = [
			{
				title: 'Cookies of the sign-in',
				kind: 'table' as const,
				body: result.setCookies.map(redactCookie).join('\n') || 'none was set',
			},
		];
		const landing = result.visit.last?.url ?? context.service.url;
		const lost = judgeCookiesKept(result.setCookies, result.jar.names(landing), new URL(landing).origin);
		if (lost !== null) return { state: 'fail', reason: lost.message, findings: [lost], evidence };
		const looks: Look[] = [];
		const startedAt = context.now();
		let later = false;
		for (const pauseMs of [...Array.from({ length: looksAtOnce }, () => 0), laterMs[context.purpose]]) {
			if (pauseMs > 0) {
				if (context.leftMs() < pauseMs + 500) break;
				await wait(pauseMs, undefined, { signal: context.signal });
				later = true;
			}
			const look = await lookSignedIn(context, result, context.signal);
			looks.push(look);
			if (look.state !== 'signed-in') break;
		}
		const seconds = Math.round((context.now() - startedAt) / 100) / 10;
		return { ...judgeLook(looks, later ? seconds : null), evidence: [...evidence, showLooks(looks)] };
	},
});

function showLooks(looks: readonly Look[]): { readonly title: string; readonly kind: 'table'; readonly body: string } {
	return { title: 'Asked again with the cookies', kind: 'table', body: looks.map(({ saw, state }) => `${saw}  ${state}`).join('\n') };
}
