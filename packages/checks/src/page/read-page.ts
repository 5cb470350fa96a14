/** The pages of the service, each fetched once per run whoever asks. */
import type { CheckContext, RouteTarget } from '../contract.ts';
import { type Chain, followRedirects } from './follow-redirects.ts';

/** @returns the redirect chain from this path to its answer. */
export function readPage(context: CheckContext, path: string): Promise<Chain> {
	const { service, http } = context;
	return context.fact(`page:${path}`, (signal) => followRedirects(http, resolvePath(service.url, path), service, signal));
}

/** @returns the URL of a path on the service. */
export function resolvePath(serviceUrl: string, path: string): string {
	return new URL(path, serviceUrl).href;
}

/** @returns the path asked for, or else `/` and the configured routes, each once. */
export function listTargets(context: CheckContext, path: string | undefined): readonly RouteTarget[] {
	const { routes } = context.service;
	if (path !== undefined) return [routes.find((route) => route.path === path) ?? { path }];
	return routes.some((route) => route.path === '/') ? routes : [{ path: '/' }, ...routes];
}
