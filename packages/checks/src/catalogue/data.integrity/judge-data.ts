/** Whether data fit together: counts over time, the schema, references. Pure. */
import type { Fact, FactSample, Finding } from '../../contract.ts';
import type { ConvexInspection, ConvexReference, ConvexTableInspection } from '../../vendors.ts';

/** Name of the fact that remembers a table's count. */
export const countFact = (table: string) => `count:data.${table}`;

export interface ShrinkBounds {
	/** Share of documents gone from which it warns, in percent. */
	readonly drop: number;
	/** Milliseconds since the epoch. */
	readonly now: number;
	readonly withinMs: number;
}

/** Small tables change by large shares. */
const LEAST_DOCUMENTS = 20;
/** From here on the table is as good as gone. */
const GONE = 90;

/** @returns null where it did not shrink, or nothing was seen before. @param samples changes of the count, oldest first. */
export function judgeCount(
	table: string,
	count: number,
	samples: readonly FactSample[],
	{ drop, now, withinMs }: ShrinkBounds,
): Finding | null {
	const start = now - withinMs;
	const before = samples.findLast(({ at }) => Date.parse(at) < start);
	const inWindow = samples.filter(({ at }) => Date.parse(at) >= start);
	const [most] = [...(before === undefined ? [] : [before]), ...inWindow].toSorted((a, b) => Number(b.value) - Number(a.value));
	if (most === undefined) return null;
	const was = Number(most.value);
	if (!(was >= LEAST_DOCUMENTS) || count >= was) return null;
	const gone = ((was - count) / was) * 100;
	if (gone < drop) return null;
	return {
		code: 'data.shrunk',
		severity: gone >= GONE ? 'fail' : 'warn',
		message: `${table} has ${count} documents; it had ${was} (known since ${most.at}): ${Math.round(gone)} % are gone`,
		fix: `find out what deleted them before they are needed: the function log around that time, and a backup to compare with; where it was meant, ignore=${table}`,
		at: table,
	};
}

export function judgeTable({ table, looked, invalid, references }: ConvexTableInspection): readonly Finding[] {
	return [
		...invalid.map(
			({ field, expected, documents }): Finding => ({
				code: 'data.invalid',
				severity: 'warn',
				message: `${documents} of ${looked} documents of ${table} do not fit the schema: ${field === '' ? 'the document' : field}, expected ${expected}`,
				fix: 'mend them by a migration (an internal mutation that patches them), or declare in the schema what they hold',
				at: table,
			}),
		),
		...references
			.filter(({ dangling }) => dangling > 0)
			.map(
				({ field, to, looked: ids, dangling }): Finding => ({
					code: 'data.dangling',
					severity: dangling === ids && ids >= LEAST_DOCUMENTS ? 'fail' : 'warn',
					message: `${dangling} of ${ids} documents of ${to} that ${table}.${field} refers to do not exist`,
					fix: `find what deletes documents of ${to} without those that refer to them; delete or mend the rest`,
					at: table,
				}),
			),
	];
}

/** `orders.userId:users, posts.author:users`. @returns null when it cannot be read. */
export function readRefs(text: string): readonly ConvexReference[] | null {
	const parts = text.split(',').map((part) => /^\s*([A-Za-z]\w*)\.([\w.[\]]+)\s*:\s*(\w+)\s*$/.exec(part));
	return parts.every((part) => part !== null) ? parts.map(([, table = '', field = '', to = '']) => ({ table, field, to })) : null;
}

/** Honest about how much was seen: `looked at 412 of 5,200 documents in 4 tables`. */
export function describeReach({ tables, skipped, schema }: ConvexInspection): string {
	const looked = tables.reduce((sum, table) => sum + table.looked, 0);
	const counted = tables.every(({ count }) => count !== null) ? tables.reduce((sum, { count }) => sum + (count ?? 0), 0) : null;
	const references = tables.flatMap((table) => table.references);
	const undecided = references.reduce((sum, reference) => sum + reference.undecided, 0);
	const ids = references.reduce((sum, reference) => sum + reference.looked, 0);
	const words = [
		`looked at ${looked} of ${counted === null ? 'an unknown number of' : counted} documents in ${tables.length} ${tables.length === 1 ? 'table' : 'tables'}${skipped === 0 ? '' : `, ${skipped} more were not looked at`}`,
		`followed ${ids - undecided} ${ids - undecided === 1 ? 'reference' : 'references'}${undecided === 0 ? '' : `, of ${undecided} more it could not be told`}`,
	];
	if (schema === 'none') words.push('the deployment has no schema to compare with');
	if (schema === 'not-told') words.push('the deployment does not tell its schema');
	return words.join('; ');
}

export function countFacts(tables: readonly ConvexTableInspection[]): readonly Fact[] {
	return tables.flatMap(({ table, count }) => (count === null ? [] : [{ name: countFact(table), value: String(count) }]));
}
