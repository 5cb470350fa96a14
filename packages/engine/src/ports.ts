/** What operations need of the world. `local.ts` composes the implementations for use without a server. */
import type { TrendReader } from '@holdfast/checks/trend';
import type { VendorPorts } from '@holdfast/checks/vendors';
import type { HistoryEntry } from './history/history-entry.ts';
import type { Database } from './storage/open-database.ts';

export type FileReading =
	| {
			readonly kind: 'file';
			readonly bytes: Uint8Array;
			/** SHA-256 of the bytes: handed back to `write`, which refuses when the file has changed since. */
			readonly version: string;
	  }
	| { readonly kind: 'missing' }
	| { readonly kind: 'directory' }
	/** A device, socket or pipe: never read. */
	| { readonly kind: 'special' }
	| { readonly kind: 'too-large'; readonly sizeBytes: number }
	/** `reason`: the system's word where it is not about permissions. */
	| { readonly kind: 'forbidden'; readonly reason?: string };

export type FileWriting =
	| { readonly kind: 'written' }
	/** Somebody else wrote or made the file in the meantime: nothing was written. */
	| { readonly kind: 'changed' }
	| { readonly kind: 'no-directory' }
	| { readonly kind: 'forbidden'; readonly reason: string };

export interface WriteOptions {
	/** Version the file must still have, null when it must not exist yet. */
	readonly expected: string | null;
	/** Who may read a new file: `owner` (mode 0600), or whom the process's umask lets (0644). A file that exists keeps its mode. */
	readonly readers?: 'owner' | 'umask';
}

export interface FilePort {
	/** Reads at most `limitBytes`; a larger file is not read at all. */
	read(path: string, limitBytes: number): Promise<FileReading>;
	/**
	 * Writes the whole file or nothing: a new file beside it takes its place in one step; mode and symbolic links are kept.
	 */
	write(path: string, bytes: Uint8Array, options: WriteOptions): Promise<FileWriting>;
	/** Names in a folder, sorted; empty when it cannot be listed. */
	list(directory: string): Promise<readonly string[]>;
}

export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
}

export interface Environment {
	read(name: string): string | undefined;
}

/** Whose history: it lies in `.holdfast/history` of the folder. */
export interface HistoryPlace {
	readonly directory: string;
	/** Name of the service. */
	readonly name: string;
}

export type HistoryWriting = { readonly kind: 'written' } | { readonly kind: 'refused'; readonly reason: string };

/** Never rejects: a history that cannot be kept must not keep a diagnosis from being made. */
export interface HistoryPort {
	/** Oldest first, in the order they were written. `problem`: why there may be more than could be read; null when all is there. */
	load(place: HistoryPlace): Promise<{ readonly entries: readonly HistoryEntry[]; readonly problem: string | null }>;
	/** Adds entries at the end; a fact only where its value is another than the last. */
	append(place: HistoryPlace, entries: readonly HistoryEntry[]): Promise<HistoryWriting>;
}

/** Signs what leaves this instance as proof. */
export interface InstanceKey {
	/** Ed25519, SubjectPublicKeyInfo in base64. */
	readonly publicKey: string;
	/** @returns the signature in base64. */
	readonly sign: (text: string) => string;
}

/** The instance's own key, kept beside a configuration. Both reject when the file is there and cannot be used. */
export interface KeyPort {
	/** Null: there is none yet. */
	find(directory: string): Promise<InstanceKey | null>;
	/** Makes one when there is none. */
	obtain(directory: string): Promise<InstanceKey>;
}

/** What every operation is handed. */
export interface OperationContext {
	readonly files: FilePort;
	readonly clock: Clock;
	readonly environment: Environment;
	readonly history: HistoryPort;
	readonly keys: KeyPort;
	/** Folder that relative paths of the caller start from. */
	readonly directory: string;
	/** Figures over time of the Holdfast that runs here; absent: none are kept. */
	readonly trends?: (place: HistoryPlace) => TrendReader;
	/** Made on first use: most operations ask no vendor. */
	readonly vendors: () => Promise<VendorPorts>;
	/** Aborted when the person interrupts. */
	readonly signal: AbortSignal;
}

/** What operations on the record of a running Holdfast are handed. */
export interface RecordContext {
	readonly database: Database;
	/** Who asks; stands in timelines and in the audit. */
	readonly actor: string;
}
