/** Exports and imports. */
import type { JSONValue } from 'convex/values';

export interface Archive {
	readonly latestExport: () => Record<string, JSONValue> | null;
	readonly requestExport: () => void;
	readonly exportedZip: () => Uint8Array;
	readonly imports: () => readonly Record<string, JSONValue>[];
	readonly importState: (id: string) => Record<string, JSONValue> | null;
	readonly addPart: (bytes: Buffer) => string;
	readonly finishUpload: (request: ImportRequest) => { readonly importId: string };
	readonly performImport: (id: string) => Promise<void>;
	readonly cancelImport: (id: string) => void;
}

export interface ImportRequest {
	readonly import: {
		readonly tableName?: string | null;
		readonly mode: 'requireEmpty' | 'append' | 'replace' | 'replaceAll';
		readonly format: string | { readonly format?: string };
	};
	readonly partTokens: readonly string[];
}
