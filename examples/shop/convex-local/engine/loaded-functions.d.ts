/** The functions of an application, loaded. */
import type { Engine } from './engine.d.ts';

/** A function as the builders of `convex/server` make it. */
export interface RegisteredFunction {
	readonly isQuery?: true;
	readonly isMutation?: true;
	readonly isAction?: true;
	readonly isPublic?: true;
	readonly isInternal?: true;
	readonly exportArgs?: () => string;
	readonly exportReturns?: () => string;
}

export interface AuthProvider {
	readonly type?: 'customJwt';
	readonly issuer?: string;
	readonly domain?: string;
	readonly applicationID?: string;
	readonly jwks?: string;
	readonly algorithm?: 'RS256' | 'ES256';
}

/** What a team's folder of functions was bundled to. */
export interface LoadedFunctions {
	readonly engine: Engine;
	readonly modules: Record<string, () => Promise<object>>;
	/** By `module:name`. */
	readonly functions: ReadonlyMap<string, RegisteredFunction>;
	readonly schema: { readonly tables: Record<string, object> } | undefined;
	readonly http: HttpRouter | undefined;
	/** SHA-256 of the sources: another one is another push. */
	readonly digest: string;
	/** Evaluated anew on each call, since it may depend on the deployment's environment. */
	readonly providers: () => Promise<AuthProvider[]>;
}

export interface HttpRouter {
	readonly lookup: (path: string, method: string) => readonly [object, string, string] | null;
	readonly getRoutes: () => readonly (readonly [path: string, method: string, handler: object])[];
}
