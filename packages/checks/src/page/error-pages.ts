/** Error pages that arrive as ordinary answers, told by words that only they use. */
import type { PageContent } from './read-html.ts';

interface ErrorPage {
	readonly id: string;
	/** Who shows it and what it means, in the middle of a sentence. */
	readonly name: string;
	readonly fix: string;
	/** Tried on the title and the visible text. */
	readonly words: RegExp;
	/** Words that no page has by chance: they count on pages of any length and with any status. */
	readonly anyLength?: boolean;
}

const applicationLog = 'read the application’s log for the error behind it';
const originDown = 'start the application, or correct the address that the proxy passes requests to';

export const errorPages: readonly ErrorPage[] = [
	{
		id: 'next-client',
		name: 'the Next.js page for an exception in the browser',
		fix: 'read the browser’s console for the exception',
		words: /Application error: a client-side exception has occurred/i,
		anyLength: true,
	},
	{
		id: 'next-server',
		name: 'the Next.js page for an exception on the server',
		fix: applicationLog,
		words: /Application error: a server-side exception has occurred/i,
		anyLength: true,
	},
	{
		id: 'next-404',
		name: 'the Next.js page for a missing page',
		fix: 'correct the path, or deploy the route',
		words: /\b404\b.{0,5}This page could not be found/i,
	},
	{
		id: 'heroku',
		name: 'Heroku’s page for an application that does not answer',
		fix: applicationLog,
		words: /An error occurred in the application and your page could not be served/i,
	},
	{
		id: 'heroku-none',
		name: 'Heroku’s page for an application that does not exist',
		fix: 'correct the name or the domain',
		words: /There's nothing here, yet|No such app/i,
	},
	{
		id: 'vercel',
		name: 'a Vercel error page',
		fix: 'look up the code in Vercel’s dashboard under this deployment',
		words:
			/\b(FUNCTION_INVOCATION_(FAILED|TIMEOUT)|DEPLOYMENT_NOT_FOUND|DEPLOYMENT_(DISABLED|PAUSED|BLOCKED)|EDGE_FUNCTION_INVOCATION_FAILED|NO_RESPONSE_FROM_FUNCTION|MIDDLEWARE_INVOCATION_(FAILED|TIMEOUT))\b|This Serverless Function has crashed/,
	},
	{
		id: 'cloudflare',
		name: 'a Cloudflare error page',
		fix: originDown,
		words: /\bError\s+(1\d{3}|52\d|530)\b|Web server is down|Origin DNS error|Cloudflare Ray ID/i,
	},
	{
		id: 'netlify',
		name: 'Netlify’s page for a site or page that does not exist',
		fix: 'look at the deploy and the domain in Netlify',
		words: /Looks like you('|’)ve followed a broken link|Site not found.*Netlify/i,
	},
	{
		id: 'render',
		name: 'Render’s page for a suspended service',
		fix: 'resume the service in Render',
		words: /This service has been suspended|Service Suspended/i,
	},
	{
		id: 'welcome',
		name: 'the welcome page of a web server that has no site',
		fix: originDown,
		words: /Welcome to nginx!|Apache2? (Debian|Ubuntu) Default Page/i,
	},
	{
		id: 'gateway',
		name: 'a proxy’s error page: the application behind it does not answer',
		fix: originDown,
		words: /\b50[234]\s+(Bad Gateway|Service (Temporarily )?Unavailable|Gateway Time-?out)\b|\bBad Gateway\b|no available server/i,
	},
	{ id: 'server-error', name: 'an Internal Server Error page', fix: applicationLog, words: /\bInternal Server Error\b/i },
];

/** Longest text of a page that is nothing but an error page, in characters. */
const shortPage = 1200;

/** Most words after the phrase, in a title or on a page that answers 2xx and is nothing but the error page. */
const wordsAfter = 12;
/** What stands before the phrase on error pages: `502 Bad Gateway`, `Error 500: …`, `Application error An error occurred …`. */
const leads = /^(?:\W|\d|application|error|http|code|page not found|nginx|apache)*$/i;

/**
 * A page that answers well is an error page only where the phrase opens its title or its text and hardly anything follows: a
 * sentence that speaks of an error is none. @param status that it came with.
 */
export function findErrorPage(page: PageContent, status: number): ErrorPage | null {
	const words = `${page.title} ${page.text}`;
	const answersWell = status >= 200 && status < 300;
	return (
		errorPages.find((candidate) => {
			if (!candidate.words.test(words)) return false;
			if (candidate.anyLength === true) return true;
			if (page.text.length > shortPage) return false;
			return !answersWell || [page.title, page.text].some((text) => isNearlyAll(candidate.words, text));
		}) ?? null
	);
}

function isNearlyAll(words: RegExp, text: string): boolean {
	const found = words.exec(text);
	if (found === null || !leads.test(text.slice(0, found.index))) return false;
	const after = text.slice(found.index + found[0].length);
	return after.split(/\s+/).filter((word) => /\w/.test(word)).length <= wordsAfter;
}
