import type { DocumentFacts } from '../document-facts.ts';
import { isHealthPath, isLoopbackHost, type Request, readRequest, readUrl } from '../request.ts';
import { check, nothing, type Rule } from '../rule.ts';
import { type Subject, says } from '../subject.ts';

/** B1 to B4: requests that the document spells out, and the health endpoint by name. */
export const healthRules: readonly Rule[] = [
	{
		id: 'B1',
		about: 'a plain GET of a health URL, as command or link',
		on: ['step', 'command', 'url', 'item'],
		certainty: 'certain',
		propose: (subject) =>
			requestsOf(subject).flatMap((request) =>
				isHealthPath(request.path) ? [check('http.health', { path: request.path, ...expectationOf(subject) })] : nothing,
			),
	},
	{
		id: 'B2',
		about: 'a health path named in words',
		on: ['step', 'item'],
		certainty: 'certain',
		propose: (subject) =>
			subject.commands.length > 0 || requestsOf(subject).length > 0
				? nothing
				: subject.paths.filter(isHealthPath).map((path) => check('http.health', { path, ...expectationOf(subject) })),
	},
	{
		id: 'B3',
		about: 'the health endpoint without a path: the one path that the document names',
		on: ['item', 'step'],
		certainty: 'certain',
		propose: (subject) => {
			if (!says(subject, /\bhealth/i)) return nothing;
			if (subject.commands.length > 0 || subject.paths.length > 0 || requestsOf(subject).length > 0) return nothing;
			if (says(subject, /\bhealth[- ](?:check )?(?:endpoint|route|url|probe)s?\b/i))
				return [check('http.health', { path: subject.document.healthPath })];
			if (says(subject, /\bhealth ?checks? (?:is |are |still )?(?:pass|passing|passes|green|respond|return|succeed|ok\b)/i)) {
				return [check('http.health', { path: subject.document.healthPath }, 'likely')];
			}
			return nothing;
		},
	},
	{
		id: 'B4',
		about: "a plain GET of another path of the service's own",
		on: ['step', 'command', 'url'],
		certainty: 'certain',
		propose: (subject) =>
			requestsOf(subject).flatMap((request) => {
				if (isHealthPath(request.path) || /csrf/i.test(request.path)) return nothing;
				if (subject.kind === 'url' && !isAppUrl(subject)) return nothing;
				return [check('http.status', { path: request.path, status: statusOf(subject) })];
			}),
	},
];

const none: readonly Request[] = [];

/** Requests to the service itself: a placeholder's host is resolved to it at run time, any other has to be known as its own. */
function requestsOf(subject: Subject): readonly Request[] {
	if (subject.commands.length === 0 && subject.links.length === 0) return none;
	const asked = subject.commands.map(readRequest);
	const linked =
		subject.kind === 'url' ||
		(subject.kind === 'step' && says(subject, /\b(?:check|visit|open|verify|confirm|load|test|hit|curl|request)\b/i))
			? subject.links.map((link) => readUrl(link.url))
			: [];
	const all = [...asked, ...linked].filter((request): request is Request => request !== null && request.vendor?.name !== 'convex');
	const own = all.filter((request) => isOwn(request, subject.document));
	return own.filter((request, index) => own.findIndex(({ path }) => path === request.path) === index);
}

/** Another port of this machine is another server, where the document says on which one the application is. */
function isOwn(request: Request, document: DocumentFacts): boolean {
	if (isLoopbackHost(request.host) && request.port !== null && document.loopbackPorts.size > 0)
		return document.loopbackPorts.has(request.port);
	return request.placeholder || document.ownHosts.has(request.host);
}

function isAppUrl(subject: Subject): boolean {
	return (
		/\b(?:app(?:lication)?|site|website|frontend|front end|web|production|live|home ?page|service|url)\b/i.test(subject.text) &&
		!/\b(?:dashboard|console|docs?|documentation|repo|repository|admin|staging|status)\b/i.test(subject.text)
	);
}

function expectationOf(subject: Subject): Record<string, string> {
	for (const expect of subject.expects) if (expect.kind === 'json') return { expect: JSON.stringify(expect.value) };
	const status = statusOf(subject);
	return status === null || status === '200' ? {} : { status };
}

function statusOf(subject: Subject): string | null {
	for (const expect of subject.expects) if (expect.kind === 'status') return String(expect.status);
	return null;
}

/** For other rules: a command asks a host of this vendor. */
export function asksVendor(subject: Subject, vendor: string): boolean {
	return subject.commands.some((command) => readRequest(command)?.vendor?.name === vendor);
}
