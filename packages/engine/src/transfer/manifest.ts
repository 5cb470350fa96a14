/** First and last line of an export, and what is between: see docs/operations.md. */
import { z } from 'zod';

export const FORMAT = 'holdfast-export';
export const FORMAT_VERSION = 1;

const name = z.string().regex(/^[a-z_][a-z0-9_]*$/);
const manifestSchema = z.object({
	format: z.literal(FORMAT),
	formatVersion: z.literal(FORMAT_VERSION),
	/** Of the Holdfast that wrote it. */
	product: z.string(),
	/** ISO 8601, by the clock of the database. */
	createdAt: z.string(),
	schemaVersion: z.int(),
	migrations: z.array(z.object({ version: z.int(), name: z.string(), sha256: z.string() })),
	tables: z.array(z.object({ name, columns: z.array(name).min(1), rows: z.int().min(0) })),
	partitions: z.array(
		z.object({ name, parent: name, bound: z.string().regex(/^(?:DEFAULT|FOR VALUES FROM \('[\d :+.-]+'\) TO \('[\d :+.-]+'\))$/) }),
	),
	sequences: z.array(z.object({ name, last: z.string().regex(/^-?\d+$/), isCalled: z.boolean() })),
	/** Below `.holdfast`, beside the configuration. */
	files: z.array(z.object({ path: z.string().regex(/^(?:history|keys)\/[A-Za-z0-9][A-Za-z0-9._-]*$/), bytes: z.int().min(0) })),
});

export type Manifest = z.output<typeof manifestSchema>;

/** Of `\.`: no row of the text format reads so. */
export const END_OF_SECTION = '\\.';

/** @returns null when the line is none */
export function readManifest(line: string): Manifest | null {
	return manifestSchema.safeParse(parse(line)).data ?? null;
}

const trailerSchema = z.object({ end: z.literal(FORMAT), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** @returns the SHA-256 of everything before it; null when the line is none */
export function readTrailer(line: string): string | null {
	return trailerSchema.safeParse(parse(line)).data?.sha256 ?? null;
}

export function writeTrailer(sha256: string): string {
	return JSON.stringify({ end: FORMAT, sha256 });
}

function parse(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return null;
	}
}
