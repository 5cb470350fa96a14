import pg from 'pg';

export interface Database {
	readonly pool: pg.Pool;
	/** Milliseconds since the epoch, by the clock of the database: the one clock of an engine, also of several. */
	readonly now: () => Promise<number>;
	/** All or nothing: what `work` does is undone when it throws. */
	readonly transaction: <T>(work: (client: pg.PoolClient) => Promise<T>) => Promise<T>;
	readonly close: () => Promise<void>;
}

/** PostgreSQL 15 (documentation: `server_version_num`). */
const OLDEST = 150_000;

/**
 * @param url of a PostgreSQL database; never printed
 * @param onError told of connections that break while nobody uses them
 * @throws {Error} when it cannot be reached, or is older than PostgreSQL 15; without the password.
 */
export async function openDatabase(
	url: string,
	options: { readonly max?: number; readonly onError?: (reason: string) => void } = {},
): Promise<Database> {
	const pool = new pg.Pool({ connectionString: url, max: options.max ?? 10, connectionTimeoutMillis: 5000, application_name: 'holdfast' });
	pool.on('error', (error) => options.onError?.(error.message));
	try {
		const { rows } = await pool.query<{ version: number }>("select current_setting('server_version_num')::int as version");
		const version = rows[0]?.version ?? 0;
		if (version < OLDEST)
			throw new Error(`expected PostgreSQL 15 or later, got ${Math.floor(version / 10_000)}; set DATABASE_URL to a newer one`);
	} catch (error) {
		await pool.end();
		throw new Error(`the database cannot be used: ${describe(error)}`, { cause: error });
	}
	return {
		pool,
		now: async () => {
			const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now');
			return rows[0]?.now.getTime() ?? Number.NaN;
		},
		transaction: (work) => inTransaction(pool, work),
		close: () => pool.end(),
	};
}

async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
	const client = await pool.connect();
	let broken: Error | undefined;
	try {
		await client.query('begin');
		const result = await work(client);
		await client.query('commit');
		return result;
	} catch (error) {
		await client.query('rollback').catch((cause: Error) => {
			broken = cause;
		});
		throw error;
	} finally {
		// A connection that could not even roll back is thrown away.
		client.release(broken);
	}
}

function describe(error: unknown): string {
	// An AggregateError of Node's has no message where several addresses refused.
	const { message, code } = error as { message?: string; code?: string };
	return message || code || 'no answer';
}
