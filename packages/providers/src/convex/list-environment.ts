import type { ConvexTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { z } from 'zod';
import { querySystem } from './call-function.ts';
import { askAsAdmin, type ConvexOptions, refuseBody } from './client.ts';

const ListSchema = z.object({ environmentVariables: z.record(z.string(), z.unknown()) });
const RowsSchema = z.array(z.object({ name: z.string() }));

/** Names of the deployment's variables. The vendor sends their values along, which are dropped here. */
export async function listEnvironment(
	target: ConvexTarget,
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<readonly string[]>> {
	const permission = 'deployment:env:view';
	const maxBytes = 16 * 1024 * 1024;
	const asked = await askAsAdmin(target, { path: '/api/v1/list_environment_variables', permission, maxBytes }, options, signal);
	if (asked.kind === 'json') {
		const parsed = ListSchema.safeParse(asked.json);
		return parsed.success ? { kind: 'answer', value: Object.keys(parsed.data.environmentVariables).toSorted() } : refuseBody(target.url);
	}
	if (asked.code !== 'not-found') return asked;
	const path = '_system/cli/queryEnvironmentVariables:default';
	const older = await querySystem(target, { path, permission, maxBytes }, options, signal);
	if (older.kind === 'no-answer') return older;
	const rows = RowsSchema.safeParse(older.value);
	return rows.success ? { kind: 'answer', value: rows.data.map(({ name }) => name).toSorted() } : refuseBody(target.url);
}
