import type { ConvexExecution, ConvexTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { z } from 'zod';
import { querySystem } from './call-function.ts';
import { type ConvexOptions, refuseBody } from './client.ts';

const SpecSchema = z.array(
	z.union([
		z.object({ functionType: z.literal('HttpAction'), method: z.string(), path: z.string() }),
		z.object({
			functionType: z.enum(['Query', 'Mutation', 'Action']),
			identifier: z.string(),
			visibility: z.object({ kind: z.string() }).nullish().catch(null),
		}),
		z.unknown().transform(() => null),
	]),
);

const kinds = { Query: 'query', Mutation: 'mutation', Action: 'action' } as const satisfies Record<string, ConvexExecution['kind']>;

interface ListedFunction {
	readonly path: string;
	readonly kind: ConvexExecution['kind'];
	readonly public: boolean;
}

/** What the deployed code offers, as `convex function-spec` lists it. */
export async function listFunctions(
	target: ConvexTarget,
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<readonly ListedFunction[]>> {
	const verdict = await querySystem(target, { path: '_system/cli/modules:apiSpec', permission: 'deployment:data:view' }, options, signal);
	if (verdict.kind === 'no-answer') return verdict;
	const parsed = SpecSchema.safeParse(verdict.value);
	if (!parsed.success) return refuseBody(target.url);
	return {
		kind: 'answer',
		value: parsed.data.flatMap((spec): readonly ListedFunction[] => {
			if (spec === null) return [];
			if (spec.functionType === 'HttpAction') return [{ path: `${spec.method} ${spec.path}`, kind: 'http-action', public: true }];
			const path = spec.identifier.replace(/\.js:/, ':').replace(/:default$/, '');
			return [{ path, kind: kinds[spec.functionType], public: (spec.visibility?.kind ?? 'public') === 'public' }];
		}),
	};
}
