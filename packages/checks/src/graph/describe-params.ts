/** Parameters of a check as plain values, derived from its zod schema: the schema is the one place where they are said. */
import type { CatalogueParam } from '@holdfast/runbook/catalogue';
import { z } from 'zod';

export interface DescribedParam extends CatalogueParam {
	/** Used when the parameter is left out; null when there is none. */
	readonly default: string | number | boolean | null;
}

const PropertySchema = z.object({
	type: z.enum(['string', 'integer', 'number', 'boolean']),
	description: z.string().default(''),
	example: z.string().optional(),
	default: z.union([z.string(), z.number(), z.boolean()]).optional(),
	minimum: z.number().optional(),
	maximum: z.number().optional(),
	enum: z.array(z.string()).optional(),
});

const described = new WeakMap<z.ZodObject, readonly DescribedParam[]>();

/**
 * Once for each schema: a monitor asks for the same at each run, and deriving it costs more than its request (measured).
 * @throws {Error} when a field is not a scalar: a bug in the check, found by the registry's test.
 */
export function describeParams(schema: z.ZodObject): readonly DescribedParam[] {
	const known = described.get(schema);
	if (known !== undefined) return known;
	const params = derive(schema);
	described.set(schema, params);
	return params;
}

function derive(schema: z.ZodObject): readonly DescribedParam[] {
	const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'throw' });
	const required = new Set(json.required ?? []);
	return Object.entries(json.properties ?? {}).map(([name, property]) => {
		const read = PropertySchema.parse(property);
		const { minimum, maximum } = read;
		return {
			name,
			kind: read.type,
			required: required.has(name),
			example: read.example ?? `${name}=${String(read.default ?? '…')}`,
			...(minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? {} : { minimum }),
			...(maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? {} : { maximum }),
			...(read.enum === undefined ? {} : { allowed: read.enum }),
			description: read.description,
			default: read.default ?? null,
		};
	});
}
