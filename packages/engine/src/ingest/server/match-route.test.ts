import { expect, it } from 'vitest';
import { matchRoute } from './match-route.ts';

it.each([
	['/api/42/envelope/', { kind: 'project', projectId: '42', name: 'envelope' }],
	['/api/42/envelope', { kind: 'project', projectId: '42', name: 'envelope' }],
	['/api/shop-1/logs/vercel/', { kind: 'project', projectId: 'shop-1', name: 'logs/vercel' }],
	['/api/42/releases', { kind: 'project', projectId: '42', name: 'releases' }],
	['/healthz', { kind: 'health' }],
	['/metrics', { kind: 'metrics' }],
	['/api/0/envelope/', null],
	['/api/42/', null],
	['/api//envelope/', null],
	['/api/42/envelope//', null],
	['/x/api/42/envelope/', null],
	[`/api/${'4'.repeat(65)}/envelope/`, null],
])('%s', (path, route) => {
	expect(matchRoute(path)).toEqual(route);
});
