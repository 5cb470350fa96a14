/**
 * COPY on a connection of `pg`, which has the messages of the protocol but no stream of its own for them. Bounded memory: reading is held
 * up while whoever takes the rows is busy, writing waits for the socket (PostgreSQL documentation, 55.2.7).
 */
import type pg from 'pg';

/** What `pg` hands a query that drives the connection itself (pg/lib/connection.js; not in its types). */
interface Connection {
	readonly stream: {
		readonly writableNeedDrain: boolean;
		pause(): void;
		resume(): void;
		once(event: 'drain' | 'close', listener: () => void): void;
		off(event: 'drain' | 'close', listener: () => void): void;
	};
	query(text: string): void;
	sendCopyFromChunk(chunk: Buffer): void;
	endCopyFrom(): void;
	sendCopyFail(message: string): void;
}

/** Messages of the server that end up at the query that is under way. */
abstract class CopyQuery {
	readonly done: Promise<number>;
	private finish!: (rows: number) => void;
	private fail!: (error: Error) => void;
	protected connection: Connection | null = null;
	private readonly text: string;
	private rows = 0;
	protected error: Error | null = null;

	constructor(text: string) {
		this.text = text;
		this.done = new Promise((resolve, reject) => {
			this.finish = resolve;
			this.fail = reject;
		});
		// Whoever waits is told; whoever has given up already is not.
		this.done.catch(() => undefined);
	}
	submit(connection: Connection): void {
		this.connection = connection;
		connection.query(this.text);
	}
	handleCommandComplete({ text }: { readonly text: string }): void {
		this.rows = Number(/^COPY (\d+)$/.exec(text)?.[1] ?? Number.NaN);
	}
	handleReadyForQuery(): void {
		if (this.error === null) this.finish(this.rows);
		else this.fail(this.error);
	}
	handleError(error: Error): void {
		this.error ??= error;
		// It is told of the error only, not of the end that follows.
		this.fail(this.error);
	}
	handleRowDescription(): void {}
	handleDataRow(): void {}
	handlePortalSuspended(): void {}
	handleEmptyQuery(): void {}
}

class CopyOut extends CopyQuery {
	private readonly take: (chunk: Buffer) => Promise<void> | null;
	constructor(text: string, take: (chunk: Buffer) => Promise<void> | null) {
		super(text);
		this.take = take;
	}
	handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
		if (this.error !== null) return;
		const busy = this.take(chunk);
		if (busy === null) return;
		const { connection } = this;
		connection?.stream.pause();
		const go = (): void => connection?.stream.resume();
		// What is still on its way is let through and dropped, so that the connection can be used again.
		busy.then(go, (error: Error) => {
			this.error ??= error;
			go();
		});
	}
	handleCopyInResponse(connection: Connection): void {
		connection.sendCopyFail('expected a COPY TO');
	}
}

class CopyIn extends CopyQuery {
	readonly ready: Promise<void>;
	private begin!: () => void;
	constructor(text: string) {
		super(text);
		this.ready = new Promise((resolve) => {
			this.begin = resolve;
		});
	}
	handleCopyInResponse(): void {
		this.begin();
	}
	write(chunk: Buffer): Promise<void> | null {
		// The server has said no and waits for nothing.
		if (this.error !== null) return null;
		this.connection?.sendCopyFromChunk(chunk);
		const { stream } = this.connection ?? {};
		if (stream?.writableNeedDrain !== true) return null;
		return new Promise((resolve) => {
			const go = (): void => {
				stream.off('drain', go);
				stream.off('close', go);
				resolve();
			};
			stream.once('drain', go);
			stream.once('close', go);
		});
	}
	end(): void {
		this.connection?.endCopyFrom();
	}
}

function submit(client: pg.PoolClient, query: CopyQuery): void {
	// `query` takes what can submit itself; the types know of its own kinds only.
	(client.query as unknown as (query: CopyQuery) => void)(query);
}

/**
 * @param take given each row with its line end, as the text format has it; a promise when the next is to wait; when it
 * rejects nothing more is given and this rejects as well
 * @returns how many rows there were
 */
export async function copyOut(client: pg.PoolClient, sql: string, take: (row: Buffer) => Promise<void> | null): Promise<number> {
	const query = new CopyOut(sql, take);
	submit(client, query);
	return await query.done;
}

export interface CopyTarget {
	/** Whole rows in the text format. @returns a promise when the next is to wait */
	readonly write: (rows: Buffer) => Promise<void> | null;
	/** @returns how many rows the server took @throws what the server says about a row */
	readonly end: () => Promise<number>;
}

/** @throws what the server says about the statement */
export async function copyIn(client: pg.PoolClient, sql: string): Promise<CopyTarget> {
	const query = new CopyIn(sql);
	submit(client, query);
	await Promise.race([query.ready, query.done]);
	return {
		write: (rows) => query.write(rows),
		end: async () => {
			query.end();
			return await query.done;
		},
	};
}
