/** Parameters that several checks share, so that one word means one thing everywhere. */
import { z } from 'zod';

const pathSchema = z.string().regex(/^\/[^\s\\]*$/, 'expected a path that begins with /');

/** A path on the service. */
export function pathParam(fallback: string, description: string) {
	return pathSchema.default(fallback).meta({ description, example: `path=${fallback}` });
}

export function optionalPathParam(description: string) {
	return pathSchema.optional().meta({ description, example: 'path=/products' });
}

/** `app`: the service's own URL; `convex`: its Convex deployment. */
export function targetParam() {
	return z
		.enum(['app', 'convex'])
		.default('app')
		.meta({ description: 'What to look at: the application, or its Convex deployment', example: 'target=convex' });
}

const variableSchema = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'expected the name of a variable, such as SESSION_SECRET');

/** Name of an environment variable. */
export function variableParam(description: string, example = 'NEXT_PUBLIC_CONVEX_URL') {
	return variableSchema.default(example).meta({ description, example: `name=${example}` });
}

export function optionalVariableParam(description: string) {
	return variableSchema.optional().meta({ description, example: 'name=SESSION_SECRET' });
}
