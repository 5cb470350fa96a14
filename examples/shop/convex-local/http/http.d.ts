/** Requests as the routes see them. */

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Deployment } from '../deployment.d.ts';
import type { Caller } from '../functions/functions.d.ts';

/** One request as the routes see it. */
export interface RouteRequest {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
	/** The body as JSON, `{}` when there is none; throws a SyntaxError. */
	readonly json: () => unknown;
	readonly caller: Caller;
	readonly requestId: string | undefined;
	/** Says that the client has gone. */
	readonly gone: AbortSignal;
	readonly incoming: IncomingMessage;
	readonly response: ServerResponse;
}

/** What goes out: text as it is, anything else as JSON; undefined when the route answered by itself. */
export type RouteAnswer = string | object | null | undefined;
export type Route = (deployment: Deployment, request: RouteRequest) => RouteAnswer | Promise<RouteAnswer>;
