import type { BrowserWalk, WalkReport } from '@holdfast/checks/vendors';
import type { Page, Request, Response } from 'playwright-core';
import { showText } from '../http/shown-text.ts';
import type { PageWatch } from './watch-page.ts';

type SignedIn = Pick<WalkReport, 'signIn' | 'signInMessage'>;

const formOf = 'form:has(input[type="password"])';
const userField = [
	'input[name="email"]',
	'input[type="email"]',
	'input[name="username"]',
	'input[name="user"]',
	'input[autocomplete~="username"]',
	'input[type="text"]',
].join(', ');
const submitButton = 'button[type="submit"], input[type="submit"], button:not([type])';
const complaint = '[role="alert"]:not(#__next-route-announcer__), [aria-live="assertive"]:not(#__next-route-announcer__), .error';

/** Milliseconds: for a form that scripts put there; for its answer; for the page to change after it. */
const formMs = 1500;
const answerMs = 3000;
const leaveMs = 2000;

/** Fills in the form of the open page and sends it. What counts is the form's answer, then whether the form is gone. */
export async function signIn(page: Page, watch: PageWatch, account: NonNullable<BrowserWalk['signIn']>): Promise<SignedIn> {
	const form = page.locator(formOf).first();
	const shown = await form.waitFor({ state: 'visible', timeout: formMs }).then(
		() => true,
		() => false,
	);
	if (!shown) return { signIn: 'no-form', signInMessage: null };
	try {
		await form.locator(userField).first().fill(account.user, { timeout: formMs });
		await form.locator('input[type="password"]').first().fill(account.password.reveal(), { timeout: formMs });
	} catch {
		return { signIn: 'no-form', signInMessage: 'The form has no field for a user name that can be filled in' };
	}
	const answering = page
		.waitForResponse((response) => isAnswer(response, account.user), { timeout: answerMs })
		.catch((): Response | null => null);
	const button = form.locator(submitButton).first();
	await ((await button.count()) > 0
		? button.click({ timeout: formMs, noWaitAfter: true })
		: form.locator('input[type="password"]').first().press('Enter')
	).catch(() => {});
	const answer = await answering;
	const status = answer?.status() ?? null;
	if (status !== null && (status >= 500 || status === 429))
		return { signIn: 'error', signInMessage: `The form is answered with status ${status}` };
	await watch.settle(600);
	const gone = await page
		.locator(formOf)
		.first()
		.waitFor({ state: 'hidden', timeout: status !== null && status >= 400 ? 100 : leaveMs })
		.then(
			() => true,
			() => false,
		);
	if (gone)
		return (watch.status() ?? 200) >= 500
			? { signIn: 'error', signInMessage: `The page after it has status ${watch.status()}` }
			: { signIn: 'signed-in', signInMessage: null };
	if (answer === null) return { signIn: 'error', signInMessage: `The form sent nothing that was answered within ${answerMs / 1000} s` };
	return { signIn: 'still-form', signInMessage: (await readComplaint(page)) ?? `The form is answered with status ${status}` };
}

/** The request that carries the user's name; beacons and reports carry other things. */
function isAnswer(response: Response, user: string): boolean {
	const request = response.request();
	return request.method() !== 'GET' && ['document', 'fetch', 'xhr'].includes(request.resourceType()) && carries(request, user);
}

function carries(request: Request, user: string): boolean {
	const sent = request.postData() ?? '';
	return [user, encodeURIComponent(user), new URLSearchParams({ u: user }).toString().slice(2)].some((form) => sent.includes(form));
}

async function readComplaint(page: Page): Promise<string | null> {
	for (const found of await page.locator(complaint).all()) {
		// biome-ignore lint/performance/useDomNodeTextContent: only what is shown is a complaint.
		const text = showText(await found.innerText({ timeout: 300 }).catch(() => ''), 200);
		if (text !== '') return text;
	}
	return null;
}
