import type { ConvexTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { z } from 'zod';
import { querySystem, type SystemAnswer } from './call-function.ts';
import { type ConvexOptions, refuseBody } from './client.ts';

const PageSchema = z.object({ page: z.array(z.record(z.string(), z.unknown())), isDone: z.boolean(), continueCursor: z.string() });

/** Newest documents that are looked at, at most; so many of them in one request. */
const maxDocuments = 5000;
const pageSize = 500;

/**
 * Looks for a document, newest first. Documents are compared here and kept nowhere.
 * @param where.field may name a field inside another: `profile.email`.
 */
export async function findDocument(
	target: ConvexTarget,
	where: { readonly table: string; readonly field: string; readonly value: string },
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<{ readonly found: boolean; readonly looked: number; readonly complete: boolean }>> {
	let cursor: string | null = null;
	let looked = 0;
	while (looked < maxDocuments) {
		const verdict: SystemAnswer = await querySystem(
			target,
			{
				path: '_system/cli/tableData',
				args: { table: where.table, order: 'desc', paginationOpts: { numItems: Math.min(pageSize, maxDocuments - looked), cursor } },
				permission: 'deployment:data:view',
				maxBytes: 16 * 1024 * 1024,
			},
			options,
			signal,
		);
		if (verdict.kind === 'no-answer') return verdict;
		const parsed = PageSchema.safeParse(verdict.value);
		if (!parsed.success) return refuseBody(target.url);
		const { page, isDone, continueCursor } = parsed.data;
		const at = page.findIndex((document) => readField(document, where.field) === where.value);
		if (at !== -1) return { kind: 'answer', value: { found: true, looked: looked + at + 1, complete: isDone } };
		looked += page.length;
		if (isDone) return { kind: 'answer', value: { found: false, looked, complete: true } };
		if (page.length === 0 && continueCursor === cursor) break;
		cursor = continueCursor;
	}
	return { kind: 'answer', value: { found: false, looked, complete: false } };
}

function readField(document: unknown, field: string): unknown {
	return field
		.split('.')
		.reduce<unknown>(
			(value, name) =>
				typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined,
			document,
		);
}
