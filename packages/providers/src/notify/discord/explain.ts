import type { StatusWords } from '../../http/judge-status.ts';
import { parseJson } from '../../http/shown-text.ts';

const renew = 'make a new webhook in the channel’s settings and put its URL in place of the old one';

/** Discord's error codes (https://discord.com/developers/docs/topics/opcodes-and-status-codes#json). Its own sentences are not shown. */
export function explainDiscord(status: number, body: string): StatusWords | null {
	const said = parseJson(body);
	const code = typeof said === 'object' && said !== null && 'code' in said && typeof said.code === 'number' ? said.code : null;
	const tag = code === null ? {} : { tag: String(code) };
	if (code === 10015 || status === 404) return { code: 'not-found', what: 'does not know this webhook', enable: renew, ...tag };
	if (code === 50027 || status === 401)
		return { code: 'unauthorized', what: 'does not accept the token in the URL', enable: renew, ...tag };
	if (status === 403) return { code: 'forbidden', what: 'does not let this webhook post', enable: renew, ...tag };
	if (code === 50035) return { code: 'bad-response', what: 'cannot read the message', ...tag };
	if (code === 220001)
		return {
			code: 'bad-response',
			what: 'wants a thread for this webhook: its channel is a forum',
			enable: 'add ?thread_id=… to the URL, or use a text channel',
			...tag,
		};
	return null;
}
