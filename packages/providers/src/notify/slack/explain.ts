import type { StatusWords } from '../../http/judge-status.ts';

const renew = 'make a new incoming webhook in Slack and put its URL in place of the old one';

/** Slack's words for a webhook that is refused (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
const known: Readonly<Record<string, Omit<StatusWords, 'tag'>>> = {
	no_service: { code: 'not-found', what: 'has removed or turned off this webhook', enable: renew },
	no_service_id: { code: 'not-found', what: 'does not know this webhook', enable: renew },
	no_active_hooks: { code: 'not-found', what: 'has turned off this webhook', enable: renew },
	no_team: { code: 'not-found', what: 'does not know the workspace of this webhook', enable: renew },
	team_disabled: { code: 'forbidden', what: 'has disabled the workspace', enable: 'ask whoever administers the workspace' },
	invalid_token: { code: 'unauthorized', what: 'does not accept the token in the URL', enable: renew },
	channel_not_found: { code: 'not-found', what: 'does not find the channel of this webhook', enable: renew },
	channel_is_archived: { code: 'not-found', what: 'has archived the channel', enable: 'unarchive it, or make a webhook for another one' },
	action_prohibited: { code: 'forbidden', what: 'does not let this webhook post', enable: 'ask whoever administers the workspace' },
	posting_to_general_channel_denied: {
		code: 'forbidden',
		what: 'does not let this webhook post in #general',
		enable: 'make a webhook for another channel',
	},
	user_not_found: { code: 'not-found', what: 'does not find the person this webhook writes to', enable: renew },
	rate_limited: { code: 'rate-limited', what: 'limits messages', enable: 'wait a minute' },
	invalid_payload: { code: 'bad-response', what: 'cannot read the message' },
	invalid_blocks: { code: 'bad-response', what: 'cannot read the message' },
	no_text: { code: 'bad-response', what: 'cannot read the message' },
};

/** Only words that are known are shown. @returns null for the usual words of the status. */
export function explainSlack(status: number, body: string): StatusWords | null {
	const tag = body.trim();
	const words = Object.hasOwn(known, tag) ? known[tag] : undefined;
	if (words !== undefined) return { ...words, tag };
	return status === 404 || status === 410 ? { code: 'not-found', what: 'does not know this webhook', enable: renew } : null;
}
