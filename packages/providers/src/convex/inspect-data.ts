/** Looks at a deployment's newest documents: do they fit the schema, and is there what they refer to? Reads only, and a bounded part. */
import type { ConvexInspection, ConvexReference, ConvexTableInspection, ConvexTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { z } from 'zod';
import type { NoAnswer } from '../http/ask-vendor.ts';
import { parseJson } from '../http/shown-text.ts';
import { querySystem } from './call-function.ts';
import { type ConvexOptions, refuseBody } from './client.ts';
import { type FoundId, findIds, findMisfits, readPlace } from './judge-document.ts';

const maxTables = 40;
/** Tables that are read at the same time. */
const atOnce = 4;
/** Ids that are looked up of one table, and in one request. */
const maxIds = 500;
const idsAtOnce = 100;
const permission = 'deployment:data:view';
const maxBytes = 16 * 1024 * 1024;

const TablesSchema = z.object({ page: z.array(z.object({ name: z.string() })), isDone: z.boolean() });
const PageSchema = z.object({ page: z.array(z.record(z.string(), z.unknown())), isDone: z.boolean() });
const StoredSchema = z.object({ active: z.string().nullish() });
const ActiveSchema = z.object({
	tables: z.array(z.object({ tableName: z.string(), documentType: z.unknown() })),
	schemaValidation: z.boolean().catch(true),
});

interface Ask {
	readonly query: (path: string, args: Readonly<Record<string, unknown>>) => ReturnType<typeof querySystem>;
	readonly url: string;
}

interface ReadTable {
	readonly name: string;
	readonly documents: readonly Readonly<Record<string, unknown>>[];
	readonly whole: boolean;
	readonly count: number | null;
}

export async function inspectData(
	target: ConvexTarget,
	{ sample, refs }: { readonly sample: number; readonly refs: readonly ConvexReference[] },
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<ConvexInspection>> {
	const ask: Ask = { query: (path, args) => querySystem(target, { path, args, permission, maxBytes }, options, signal), url: target.url };
	const [listed, schema] = await Promise.all([
		ask.query('_system/cli/tables', { paginationOpts: { numItems: 200, cursor: null } }),
		readSchema(ask),
	]);
	if (listed.kind === 'no-answer') return listed;
	if (schema.kind === 'no-answer') return schema;
	const names = TablesSchema.safeParse(listed.value);
	if (!names.success) return refuseBody(target.url);
	const all = names.data.page.map(({ name }) => name).toSorted();
	const tables: ReadTable[] = [];
	for (let first = 0; first < Math.min(all.length, maxTables); first += atOnce) {
		const part = await Promise.all(all.slice(first, Math.min(first + atOnce, maxTables)).map((name) => readTable(ask, name, sample)));
		for (const table of part) {
			if ('kind' in table) return table;
			tables.push(table);
		}
	}
	const inspected: ConvexTableInspection[] = [];
	const known = new Map(tables.map((table) => [table.name, table]));
	for (const table of tables) {
		const validator = schema.validators.get(table.name);
		const own = refs.filter((reference) => reference.table === table.name);
		inspected.push({
			table: table.name,
			count: table.count,
			looked: table.documents.length,
			invalid: validator === undefined ? [] : countMisfits(table, validator),
			references: await followReferences(ask, listIds(table, validator, own), known),
		});
	}
	return { kind: 'answer', value: { tables: inspected, skipped: all.length - tables.length, schema: schema.state } };
}

type SchemaReading =
	| { readonly kind: 'schema'; readonly state: ConvexInspection['schema']; readonly validators: ReadonlyMap<string, unknown> }
	| NoAnswer;

async function readSchema(ask: Ask): Promise<SchemaReading> {
	const verdict = await ask.query('_system/frontend/getSchemas', {});
	const untold: SchemaReading = { kind: 'schema', state: 'not-told', validators: new Map() };
	if (verdict.kind === 'no-answer') return verdict.unknownQuery === true ? untold : { ...verdict, code: verdict.code ?? 'bad-response' };
	const stored = StoredSchema.safeParse(verdict.value);
	if (!stored.success) return untold;
	if (stored.data.active == null) return { kind: 'schema', state: 'none', validators: new Map() };
	const active = ActiveSchema.safeParse(parseJson(stored.data.active));
	if (!active.success) return untold;
	const validators = new Map(active.data.tables.map(({ tableName, documentType }) => [tableName, documentType]));
	return { kind: 'schema', state: active.data.schemaValidation ? 'enforced' : 'off', validators };
}

async function readTable(ask: Ask, name: string, sample: number): Promise<ReadTable | NoAnswer> {
	const [read, counted] = await Promise.all([
		ask.query('_system/cli/tableData', { table: name, order: 'desc', paginationOpts: { numItems: sample, cursor: null } }),
		ask.query('_system/frontend/tableSize', { tableName: name }),
	]);
	if (read.kind === 'no-answer') return { ...read, code: read.code ?? 'bad-response' };
	const parsed = PageSchema.safeParse(read.value);
	if (!parsed.success) return refuseBody(ask.url);
	const { page: documents, isDone } = parsed.data;
	const whole = isDone && documents.length < sample;
	const size = counted.kind === 'answer' && typeof counted.value === 'number' ? counted.value : null;
	return { name, documents, whole, count: size ?? (whole ? documents.length : null) };
}

function countMisfits({ documents }: ReadTable, validator: unknown): ConvexTableInspection['invalid'] {
	const counts = new Map<string, { field: string; expected: string; documents: number }>();
	for (const document of documents) {
		const misfits = new Map(findMisfits(document, validator).map((misfit) => [`${misfit.field} ${misfit.expected}`, misfit]));
		for (const [key, { field, expected }] of misfits)
			counts.set(key, { field, expected, documents: (counts.get(key)?.documents ?? 0) + 1 });
	}
	return [...counts.values()].toSorted((a, b) => b.documents - a.documents).slice(0, 20);
}

function listIds({ documents }: ReadTable, validator: unknown, refs: readonly ConvexReference[]): readonly FoundId[] {
	return documents.flatMap((document) => [
		...findIds(document, validator),
		...refs.flatMap(({ field, to }) => readPlace(document, field).map((id) => ({ field, to, id }))),
	]);
}

async function followReferences(
	ask: Ask,
	found: readonly FoundId[],
	known: ReadonlyMap<string, ReadTable>,
): Promise<ConvexTableInspection['references']> {
	const groups = new Map<string, { readonly field: string; readonly to: string; readonly ids: Set<string> }>();
	for (const { field, to, id } of found) {
		const key = `${field} ${to}`;
		const group = groups.get(key) ?? { field, to, ids: new Set<string>() };
		group.ids.add(id);
		groups.set(key, group);
	}
	const result = [];
	for (const { field, to, ids } of groups.values()) {
		const { missing, undecided } = await findMissing(ask, [...ids], to, known.get(to));
		result.push({ field, to, looked: ids.size, dangling: missing, undecided });
	}
	return result;
}

/** What was read as a whole is known; of the rest the deployment is asked. */
async function findMissing(
	ask: Ask,
	ids: readonly string[],
	to: string,
	table: ReadTable | undefined,
): Promise<{ readonly missing: number; readonly undecided: number }> {
	const seen = new Set(table?.documents.map(({ _id }) => _id));
	const open = ids.filter((id) => !seen.has(id));
	if (table?.whole === true) return { missing: await countStillMissing(ask, open, to), undecided: 0 };
	let missing = 0;
	let decided = 0;
	for (let first = 0; first < Math.min(open.length, maxIds); first += idsAtOnce) {
		const part = open.slice(first, Math.min(first + idsAtOnce, maxIds));
		const exists = await lookUp(ask, part, to);
		if (exists === null) break;
		decided += part.length;
		missing += exists.filter((one) => !one).length;
	}
	return { missing, undecided: open.length - decided };
}

/** A document may have come between the two readings: where the deployment can be asked about it, it has the last word. */
async function countStillMissing(ask: Ask, open: readonly string[], to: string): Promise<number> {
	if (open.length === 0) return 0;
	const exists = await lookUp(ask, open.slice(0, idsAtOnce), to);
	return exists === null ? open.length : open.length - exists.filter((one) => one).length;
}

/** @returns for each id whether it exists; null when this deployment cannot be asked so. */
async function lookUp(ask: Ask, ids: readonly string[], tableName: string): Promise<readonly boolean[] | null> {
	const verdict = await ask.query('_system/frontend/listById', { ids: ids.map((id) => ({ id, tableName })) });
	if (verdict.kind === 'no-answer' || !Array.isArray(verdict.value) || verdict.value.length !== ids.length) return null;
	return verdict.value.map((document) => document !== null);
}
