import { expect, it } from 'vitest';
import { readWebhookUrl, showHost } from './read-webhook-url.ts';

it('plain http is for addresses that are not public', () => {
	expect(readWebhookUrl('Slack', ' http://mattermost.lan/hooks/x\n', { private: true })).toMatchObject({
		kind: 'url',
		url: new URL('http://mattermost.lan/hooks/x'),
		reach: { private: true, public: false },
	});
	expect(readWebhookUrl('Slack', 'https://hooks.slack.com/x', { private: false })).toMatchObject({
		kind: 'url',
		reach: { private: false },
	});
});

it.each([
	['hooks.slack.com', 'hooks.slack.com'],
	['events.eu.pagerduty.com', 'events.eu.pagerduty.com'],
	['127.0.0.1:8080', '127.0.0.1:8080'],
	['eo3f9a1b2c4d5e6.m.hooks.example', '….m.hooks.example'],
	['default0a1b2c3d4e5f.6f.environment.api.powerplatform.com', '….6f.environment.api.powerplatform.com'],
])('%s is shown as %s', (host, shown) => expect(showHost(host)).toBe(shown));
