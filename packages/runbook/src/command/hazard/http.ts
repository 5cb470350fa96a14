import { type Call, type Family, type Judgement, judged, together } from '../call.ts';
import { readArgs } from '../read-args.ts';
import { wordList } from '../word-list.ts';
import { judgeEgress } from './egress.ts';
import { readCurl } from './read-curl.ts';

/** A GET whose path says that it does something all the same. */
const actingPath =
	/[?&](?:action|do|cmd|op|_method)=|\/(?:delete|remove|logout|log-out|signout|sign-out|purge|reset|restart|shutdown|unsubscribe|destroy|flush)(?:[/?#]|$)|[?&](?:delete|logout|purge)\b/i;

/** Requests over HTTP (rule E17). */
export const httpFamily: Family = {
	tools: wordList('curl wget http https xh xhs grpcurl ab wrk hey k6 lynx lighthouse'),
	judge: judgeHttp,
};

function judgeHttp(call: Call): Judgement {
	switch (call.tool) {
		case 'curl':
			return judgeCurl(call.args);
		case 'wget':
			return judgeWget(call.args);
		case 'http':
		case 'https':
		case 'xh':
		case 'xhs':
			return judgeHttpie(call.args);
		case 'grpcurl':
			return call.args.some((arg) => arg === 'list' || arg === 'describe')
				? judged('read')
				: judged('unknown', { class: 'http-write', why: 'calls a remote procedure' });
		case 'lynx':
			return call.args.includes('-dump') ? judged('read') : judged('read', { interactive: true });
		default:
			return judged('write', { class: 'http-write', why: 'puts load on a live system' });
	}
}

function judgeCurl(args: readonly string[]): Judgement {
	const request = readCurl(args);
	if (request.urls.length === 0) return judged(args.some((arg) => /^(?:-V|--version|-h|--help)$/.test(arg)) ? 'read' : 'unknown');
	const overridden = request.headers
		.map((header) => /^x-(?:http-)?method(?:-override)?\s*:\s*(\w+)/i.exec(header)?.[1])
		.find((method) => method !== undefined);
	const parts = [
		judgeRequest(overridden?.toUpperCase() ?? request.method, request.sendsBody, request.urls),
		...request.urls.map(judgeEgress),
	];
	if (request.outputs.length > 0) parts.push(judged('local-write'));
	if (request.opaque.length > 0)
		parts.push(judged('unknown', { class: 'http-write', why: 'takes settings from elsewhere or speaks more than one request' }));
	const authorized =
		request.credentials.length > 0 ||
		request.headers.some((header) => /^(?:authorization|cookie|x-api-key|x-auth-token|apikey)\s*:/i.test(header));
	if (request.verbose && authorized)
		parts.push(judged('read', { class: 'secrets-to-output', why: 'prints the credentials it sends (-v)' }));
	return together(parts);
}

/** What a request amounts to by its method, body and path. */
export function judgeRequest(method: string, sendsBody: boolean, urls: readonly string[]): Judgement {
	if (method === 'DELETE') return judged('block', { class: 'http-write', why: 'sends DELETE' });
	if (!/^[A-Z]+$/.test(method)) return judged('unknown', { class: 'http-write', why: 'the method is not known beforehand' });
	if (!/^(?:GET|HEAD|OPTIONS|TRACE|PROPFIND)$/.test(method)) return judged('write', { class: 'http-write', why: `sends ${method}` });
	if (sendsBody) return judged('write', { class: 'http-write', why: 'sends a body' });
	if (urls.some((url) => actingPath.test(url)))
		return judged('write', { class: 'http-write', why: 'is a GET whose path says that it changes something' });
	return judged('read');
}

function judgeWget(args: readonly string[]): Judgement {
	const flags = readArgs(
		args,
		wordList(`
		-O --output-document -o -a -P --header --method --post-data --post-file --body-data --body-file -T --timeout -t
		--tries -U --user --password -i -e
	`),
	);
	const body = flags.has('--post-data', '--post-file', '--body-data', '--body-file');
	const method = (flags.value('--method') ?? (body ? 'POST' : 'GET')).toUpperCase();
	const parts = [judgeRequest(method, body, flags.operands), ...flags.operands.map(judgeEgress)];
	const shown = /^(?:-|\/dev\/null)$/.test(flags.value('-O', '--output-document') ?? '');
	if (!flags.has('--spider') && !shown && !flags.has('--version', '--help')) parts.push(judged('local-write'));
	if (flags.has('-i', '-e')) parts.push(judged('unknown'));
	return together(parts);
}

function judgeHttpie(args: readonly string[]): Judgement {
	const flags = readArgs(args, ['-a', '--auth', '-A', '-o', '--output', '-p', '--print', '--timeout', '--session']);
	const [first = '', ...rest] = flags.operands;
	const named = /^[A-Z]+$/.test(first);
	const items = named ? rest.slice(1) : rest;
	const body = items.some((item) => /(?:^|[^:=])(?::?=|@)/.test(item) && !/==/.test(item));
	const url = named ? (rest[0] ?? '') : first;
	return together([
		judgeRequest(named ? first : body ? 'POST' : 'GET', body, [url]),
		judgeEgress(url),
		...(flags.has('-d', '--download', '-o', '--output') ? [judged('local-write')] : []),
	]);
}
