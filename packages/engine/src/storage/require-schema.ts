import type pg from 'pg';
import { OperationError } from '../operation-error.ts';
import { listMigrations } from './migrate.ts';

/** @throws OperationError `precondition` when the schema is not the one of this code */
export async function requireSchema(pool: pg.Pool): Promise<void> {
	const wanted = (await listMigrations()).at(-1)?.version ?? 0;
	// undefined_table: nothing was ever made there.
	const found = await pool
		.query<{ version: number | null }>('select max(version) as version from schema_migration')
		.catch((error: { code?: string }) => {
			if (error.code === '42P01') return { rows: [{ version: null }] };
			throw error;
		});
	const version = found.rows[0]?.version ?? 0;
	if (version === wanted) return;
	throw new OperationError('precondition', `the database has schema ${version}, and this Holdfast knows ${wanted}`, {
		hint: version < wanted ? 'Start it once with holdfast up.' : 'Install the newer Holdfast.',
	});
}
