import { commandOf, shopFacts, testRules } from '../fixtures/rule-cases.ts';
import { healthRules } from './health.ts';

const curl = (source: string) => ({ commands: [commandOf(source)] });
const json = { kind: 'json' as const, value: { status: 'ok' }, text: 'Should return {"status":"ok"}' };

testRules(healthRules, [
	['B1', 'step', 'Check health', ['check: http.health path=/api/health'], curl('curl https://your-domain.com/api/health')],
	[
		'B1',
		'step',
		'Check health',
		['check: http.health path=/api/health expect="{\\"status\\":\\"ok\\"}"'],
		{ ...curl('curl -s https://shop.example.org/api/health'), expects: [json] },
	],
	[
		'B1',
		'step',
		'Check health',
		['check: http.health path=/healthz status=204'],
		{ ...curl('curl -fsS -o /dev/null https://<host>/healthz'), expects: [{ kind: 'status', status: 204, text: 'returns 204' }] },
	],
	['B1', 'command', 'Health', ['check: http.health path=/healthz'], curl('curl http://localhost:3000/healthz')],
	['B1', 'url', 'Health', ['check: http.health path=/api/health'], { links: [{ label: '', url: 'https://shop.example.org/api/health' }] }],
	['B1', 'step', 'Ask the payment provider', [], curl('curl https://api.payments.example.net/health'.replace('example.net', 'net'))],
	['B1', 'step', 'Post', [], curl('curl -X POST https://your-domain.com/api/health')],
	['B1', 'step', 'Send a body', [], curl('curl -d a=b https://your-domain.com/api/health')],
	['B1', 'step', 'Sign in', [], curl('curl -u me:pass https://your-domain.com/api/health')],
	['B1', 'step', 'With a header', [], curl('curl -H Authorization:x https://your-domain.com/api/health')],
	['B1', 'step', 'Convex', [], curl('curl https://your-convex-url.convex.cloud/api/health')],
	['B1', 'step', 'Open path', [], curl('curl https://your-domain.com/[service]/health')],
	['B2', 'step', 'Health endpoint: /api/health', ['check: http.health path=/api/health'], { paths: ['/api/health'] }],
	['B2', 'step', 'Check the orders: /api/orders', [], { paths: ['/api/orders'] }],
	['B3', 'item', 'Health endpoint responding', ['check: http.health path=/api/health']],
	['B3', 'item', 'Health endpoint responding', ['check: http.health'], { document: { ...shopFacts, healthPath: null } }],
	['B3', 'item', 'Health checks are passing', ['~check: http.health path=/api/health']],
	['B3', 'item', 'Health endpoint responding', ['?check: http.health'], { document: { ...shopFacts, healthPath: null, web: false } }],
	['B3', 'item', 'Review the health of the team', []],
	['B4', 'step', 'Check orders', ['check: http.status path=/api/orders'], curl('curl -I https://your-domain.com/api/orders')],
	['B4', 'url', 'Application', ['check: http.status path=/'], { links: [{ label: '', url: 'https://your-domain.com' }] }],
	['B4', 'url', 'Admin dashboard', [], { links: [{ label: '', url: 'https://shop.example.org/admin' }] }],
	['B4', 'step', 'Ask somebody else', [], curl('curl https://elsewhere.org/api/orders')],
]);
