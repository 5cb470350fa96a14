/** What every provider keeps to, whatever it speaks to. Each provider's test calls this with one request of its own. */

import type { NoAnswerCode, VendorVerdict } from '@holdfast/checks/vendors';
import { describe, expect, it } from 'vitest';
import type { Fetch } from './http/ask-vendor.ts';

export interface ContractSubject {
	readonly name: string;
	/** One request through the provider. */
	readonly ask: (options: { readonly fetch: Fetch; readonly timeoutMs: number }, signal: AbortSignal) => Promise<VendorVerdict<unknown>>;
	/** Body of an answer that counts; where several requests are made, by URL. */
	readonly goodBody: string | ((url: string) => string);
	/** Bodies that are no answer. */
	readonly badBodies: readonly string[];
	/** Headers that are sent, in alphabetical order; `accept` and `user-agent` when absent. */
	readonly headers?: readonly string[];
	/** Requests of one question; 1 when absent. */
	readonly requests?: number;
	/** Whether a status other than 200 is an answer to look at. Absent: none is. */
	readonly statuses?: 'answer';
	/** Statuses after which it asks elsewhere: left to its own tests. */
	readonly otherwise?: readonly number[];
	/** Bytes that it reads at most; 4 MiB when absent. */
	readonly maxBytes?: number;
	/** `ignored`: an answer counts by its status, and its body is not waited for. */
	readonly body?: 'ignored';
}

/** Stands in bodies, headers, error messages and credentials; must come out nowhere. */
export const secret = 'hunter2-hunter2-hunter2';

export function describeProviderContract(subject: ContractSubject): void {
	const never = new AbortController().signal;
	const ask = (fetch: Fetch, timeoutMs = 1000, signal = never) => subject.ask({ fetch, timeoutMs }, signal);
	const answering =
		(status: number, body: string, headers: Record<string, string> = {}): Fetch =>
		async () =>
			new Response(status === 304 ? null : body, { status, headers });
	const expectNoAnswer = (verdict: VendorVerdict<unknown>, code: NoAnswerCode) => {
		expect(verdict).toMatchObject({ kind: 'no-answer', code });
		expect(JSON.stringify(verdict)).not.toContain(secret);
		expect(verdict.kind === 'no-answer' && verdict.reason.length).toBeGreaterThan(10);
	};

	describe(`${subject.name} keeps the contract of providers`, () => {
		const good: Fetch = async (url) => new Response(typeof subject.goodBody === 'string' ? subject.goodBody : subject.goodBody(url));
		it('an answer that counts', async () => expect(await ask(good)).toMatchObject({ kind: 'answer' }));

		const statuses: readonly [number, NoAnswerCode][] = [
			[301, 'redirected'],
			[304, 'redirected'],
			[400, 'bad-response'],
			[401, 'unauthorized'],
			[403, 'forbidden'],
			[404, 'not-found'],
			[410, 'not-found'],
			[429, 'rate-limited'],
			[500, 'server-error'],
			[503, 'server-error'],
		];
		it.each(statuses.filter(([status]) => !subject.otherwise?.includes(status)))('status %s is no answer: %s', async (status, code) => {
			const answer = () => ask(answering(status, secret, { location: `https://x.example/?token=${secret}`, 'x-secret': secret }));
			if (subject.statuses === 'answer' && code !== 'redirected')
				expect(await answer()).toMatchObject({ kind: 'answer', value: { status } });
			else expectNoAnswer(await answer(), code);
		});

		it.each(subject.badBodies.map((body) => [body]))('a malformed body is none: %j', async (body) =>
			expectNoAnswer(await ask(answering(200, body.replace('SECRET', secret))), 'bad-response'),
		);

		it('an oversized body stops being read', async () => {
			let sent = 0;
			const endless = () =>
				new ReadableStream<Uint8Array>({
					pull: (controller) => {
						sent += 65_536;
						controller.enqueue(new Uint8Array(65_536).fill(97));
					},
				});
			const verdict = await ask(async () => new Response(endless()));
			if (subject.body === 'ignored') expect(verdict).toMatchObject({ kind: 'answer' });
			else expectNoAnswer(verdict, 'too-large');
			expect(sent).toBeLessThan((subject.requests ?? 1) * (subject.maxBytes ?? 4 * 1024 * 1024) + 1024 * 1024);
		});

		it('the timeout ends a request that hangs', async () => expectNoAnswer(await ask(hang, 30), 'timeout'));

		it('the timeout ends a body that hangs', async () => {
			const stuck: Fetch = async (_input, init) =>
				new Response(
					new ReadableStream({
						start: (controller) => {
							controller.enqueue(new Uint8Array([97]));
							init.signal?.addEventListener('abort', () => controller.error(new Error(secret)), { once: true });
						},
					}),
				);
			const verdict = await ask(stuck, 30);
			if (subject.body === 'ignored') expect(verdict).toMatchObject({ kind: 'answer' });
			else expectNoAnswer(verdict, 'timeout');
		});

		it('the caller ends it too', async () => expectNoAnswer(await ask(hang, 5000, AbortSignal.timeout(30)), 'aborted'));

		it.each<[string, NoAnswerCode]>([
			['ECONNREFUSED', 'network'],
			['ENOTFOUND', 'network'],
			['CERT_HAS_EXPIRED', 'tls'],
			['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
			['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
			['EAI_AGAIN', 'offline'],
			['ENETUNREACH', 'offline'],
		])('%s is %s, told by its code alone', async (code, expected) => {
			const failing: Fetch = async () => {
				throw new TypeError(`fetch failed ${secret}`, { cause: Object.assign(new Error(`connect ${secret}`), { code }) });
			};
			expectNoAnswer(await ask(failing), expected);
		});

		it('follows no redirect, and sends the headers it must', async () => {
			const seen: RequestInit[] = [];
			await ask(async (input, init) => {
				seen.push(init);
				return good(input, init);
			});
			expect(seen).toHaveLength(subject.requests ?? 1);
			for (const init of seen) {
				expect(init.redirect).toBe('manual');
				expect(Object.keys(Object.fromEntries(new Headers(init.headers)))).toEqual(subject.headers ?? ['accept', 'user-agent']);
			}
		});
	});
}

const hang: Fetch = (_input, init) =>
	new Promise((_resolve, reject) => {
		init.signal?.addEventListener('abort', () => reject(new Error(secret)), { once: true });
	});
