/** Routes of a project; each begins with `/api/<project>/`, as those of Sentry do. */
export type ProjectRoute = 'envelope' | 'store' | 'vitals' | 'logs' | 'logs/vercel' | 'releases' | 'releases/vercel';

export type Route =
	| { readonly kind: 'project'; readonly name: ProjectRoute; readonly projectId: string }
	| { readonly kind: 'health' }
	| { readonly kind: 'metrics' };

/** Routes that browsers send to from other origins. */
export const BROWSER_ROUTES: ReadonlySet<ProjectRoute> = new Set<ProjectRoute>(['envelope', 'store', 'vitals']);

const PROJECT = /^\/api\/([\w-]{1,64})\/(envelope|store|vitals|logs\/vercel|logs|releases\/vercel|releases)\/?$/;

/** @param path without query. @returns null when nothing lives there. */
export function matchRoute(path: string): Route | null {
	if (path === '/healthz') return { kind: 'health' };
	if (path === '/metrics') return { kind: 'metrics' };
	const [, projectId, name] = PROJECT.exec(path) ?? [];
	return projectId === undefined || name === undefined || projectId === '0'
		? null
		: { kind: 'project', projectId, name: toProjectRoute(name) };
}

/** @param name one of the alternatives of the pattern, which are the names of the routes. */
function toProjectRoute(name: string): ProjectRoute {
	return name as ProjectRoute;
}
