/** What the doctor looked at; every part may be unknown, with the reason. */
export type Fact<T> = { readonly kind: 'known'; readonly value: T } | { readonly kind: 'unknown'; readonly reason: string };

export interface DoctorFacts {
	/** `20.20.0` */
	readonly node: string;
	/** Null when Holdfast can start a PostgreSQL of its own; else why not. */
	readonly ownPostgres: Fact<string | null>;
	/** Null: DATABASE_URL is not set. */
	readonly databaseUrl: Fact<DatabaseFacts> | null;
	/** Folder of the configuration. */
	readonly home: Fact<{ readonly isWritable: boolean; readonly isOpenToOthers: boolean }>;
	readonly freeBytes: Fact<number>;
	readonly chromium: Fact<string | null>;
	/** Names of programs that are not on the path. */
	readonly missingTools: readonly string[];
	/** This machine's clock minus another's. */
	readonly clockAheadMs: Fact<{ readonly of: string; readonly ms: number }>;
	readonly config: ConfigFacts;
	/** Names in the configuration, never values. */
	readonly secrets: readonly { readonly name: string; readonly problem: string | null }[];
	readonly services: readonly ServiceFacts[];
	readonly ports: readonly { readonly port: number; readonly what: string; readonly isFree: boolean }[];
}

export interface DatabaseFacts {
	/** `server_version_num` */
	readonly version: number;
	/** Whether its user may make tables there. */
	readonly mayCreate: boolean;
}

export type ConfigFacts =
	| { readonly kind: 'none' }
	| { readonly kind: 'invalid'; readonly problems: readonly string[] }
	| {
			readonly kind: 'valid';
			readonly file: string;
			readonly hasPublicUrl: boolean;
			readonly channels: number;
			readonly hasHeartbeat: boolean;
	  };

export interface ServiceFacts {
	readonly name: string;
	readonly hasKitToken: boolean;
	readonly runbook: Fact<{ readonly unwatched: number; readonly placeholders: readonly string[]; readonly wrong: number }> | null;
}
