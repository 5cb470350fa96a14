import type { StatusWords } from '../../http/judge-status.ts';

/**
 * 400 says what is wrong with an event in sentences (https://developer.pagerduty.com/docs/events-api-v2/overview/#response-codes--retry-logic);
 * that it is the key is all that is taken over.
 */
export function explainPagerDuty(status: number, body: string): StatusWords | null {
	if (status === 400 && /routing[_ ]key/i.test(body))
		return {
			code: 'unauthorized',
			what: 'does not accept the routing key',
			enable: 'copy the integration key of an Events API v2 integration: 32 letters and digits',
		};
	if (status === 400) return { code: 'bad-response', what: 'cannot read the event' };
	if (status === 429) return { code: 'rate-limited', what: 'takes no more events from this service for now', enable: 'wait some minutes' };
	return null;
}
