/**
 * A document against the validator that its table declares, in the form in which Convex keeps schemas (`documentType` of
 * `SchemaDefinition.export()`, convex 1.48). Values come as plain JSON, in which 64-bit integers, bytes and special numbers are text. Pure.
 */

/** What does not fit. `field`: empty for the document as a whole. */
export interface Misfit {
	readonly field: string;
	/** `a string`, `no such field`. */
	readonly expected: string;
}

export interface FoundId {
	readonly field: string;
	readonly to: string;
	readonly id: string;
}

type Shape = Readonly<Record<string, unknown>>;

/** Set by the deployment, declared by nobody. */
const systemFields: readonly string[] = ['_id', '_creationTime'];

export function findMisfits(document: Shape, validator: unknown): readonly Misfit[] {
	return judge(withoutSystem(document), validator, '');
}

/** Every id that a fitting part of the document holds. */
export function findIds(document: Shape, validator: unknown): readonly FoundId[] {
	return collect(withoutSystem(document), validator, '');
}

/** Text at a place: `owner.id`, `members[]`. */
export function readPlace(document: unknown, field: string): readonly string[] {
	const [first = '', ...rest] = field.split('.');
	const isList = first.endsWith('[]');
	const name = isList ? first.slice(0, -2) : first;
	if (!isShape(document) || !Object.hasOwn(document, name)) return [];
	const inner = document[name];
	const values = isList ? (Array.isArray(inner) ? inner : []) : [inner];
	return values.flatMap((value) => (rest.length > 0 ? readPlace(value, rest.join('.')) : typeof value === 'string' ? [value] : []));
}

function judge(value: unknown, validator: unknown, field: string): readonly Misfit[] {
	if (!isShape(validator)) return [];
	const misfit = (expected: string): readonly Misfit[] => [{ field, expected }];
	switch (validator.type) {
		case 'any':
			return [];
		case 'null':
			return value === null ? [] : misfit('null');
		case 'boolean':
			return typeof value === 'boolean' ? [] : misfit('true or false');
		case 'number':
			return typeof value === 'number' || (typeof value === 'string' && /^(?:-?Infinity|NaN|-0)$/.test(value)) ? [] : misfit('a number');
		case 'bigint':
			return typeof value === 'string' && /^-?\d+$/.test(value) ? [] : misfit('a 64-bit integer');
		case 'string':
			return typeof value === 'string' ? [] : misfit('a string');
		case 'bytes':
			return typeof value === 'string' ? [] : misfit('bytes');
		case 'id':
			return typeof value === 'string' ? [] : misfit(`an id of ${String(validator.tableName)}`);
		case 'literal':
			// Integers are text in plain JSON.
			return value === validator.value || isShape(validator.value) ? [] : misfit('the declared value');
		case 'array':
			return Array.isArray(value) ? value.flatMap((item) => judge(item, validator.value, `${field}[]`)) : misfit('a list');
		case 'record':
			return isShape(value)
				? Object.values(value).flatMap((item) => judge(item, fieldOf(validator.values).type, `${field}.*`))
				: misfit('a map');
		case 'union': {
			const members = Array.isArray(validator.value) ? validator.value : [];
			if (members.some((member) => judge(value, member, field).length === 0)) return [];
			return misfit(`one of the ${members.length} declared forms`);
		}
		case 'object':
			return isShape(value) ? judgeFields(value, validator.value, field) : misfit('a map');
		default:
			// A kind of a newer Convex: nothing is said about it.
			return [];
	}
}

function judgeFields(value: Shape, declared: unknown, field: string): readonly Misfit[] {
	const fields = isShape(declared) ? declared : {};
	const undeclared = Object.keys(value).filter((name) => !Object.hasOwn(fields, name));
	return [
		...Object.entries(fields).flatMap(([name, given]): readonly Misfit[] => {
			const { type, optional } = fieldOf(given);
			const at = join(field, name);
			if (!Object.hasOwn(value, name) || value[name] === undefined) return optional ? [] : [{ field: at, expected: 'a value' }];
			return judge(value[name], type, at);
		}),
		...undeclared.map((name): Misfit => ({ field: join(field, name), expected: 'no such field' })),
	];
}

function collect(value: unknown, validator: unknown, field: string): readonly FoundId[] {
	if (!isShape(validator)) return [];
	switch (validator.type) {
		case 'id':
			return typeof value === 'string' && typeof validator.tableName === 'string' ? [{ field, to: validator.tableName, id: value }] : [];
		case 'array':
			return Array.isArray(value) ? value.flatMap((item) => collect(item, validator.value, `${field}[]`)) : [];
		case 'record':
			return isShape(value) ? Object.values(value).flatMap((item) => collect(item, fieldOf(validator.values).type, `${field}.*`)) : [];
		case 'object': {
			const fields = isShape(validator.value) ? validator.value : {};
			if (!isShape(value)) return [];
			return Object.entries(fields).flatMap(([name, given]) =>
				Object.hasOwn(value, name) ? collect(value[name], fieldOf(given).type, join(field, name)) : [],
			);
		}
		case 'union': {
			// A string that may be an id of two tables, or any text, refers to nothing for sure.
			const fitting = (Array.isArray(validator.value) ? validator.value : []).filter((member) => judge(value, member, field).length === 0);
			return fitting.length === 1 ? collect(value, fitting[0], field) : [];
		}
		default:
			return [];
	}
}

function fieldOf(given: unknown): { readonly type: unknown; readonly optional: boolean } {
	return isShape(given) ? { type: given.fieldType, optional: given.optional === true } : { type: undefined, optional: true };
}

function withoutSystem(document: Shape): Shape {
	return Object.fromEntries(Object.entries(document).filter(([name]) => !systemFields.includes(name)));
}

function join(field: string, name: string): string {
	return field === '' ? name : `${field}.${name}`;
}

function isShape(value: unknown): value is Shape {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
