/** Frames of the sync protocol as convex 1.48 speaks it (src/browser/sync/protocol.ts), as far as they are used here. */
import type { JSONValue } from 'convex/values';

export interface StateVersion {
	readonly querySet: number;
	readonly identity: number;
	/** Base64 of a little-endian 64-bit number. */
	readonly ts: string;
}

export type QueryModification =
	| { readonly type: 'Add'; readonly queryId: number; readonly udfPath: string; readonly args: unknown }
	| { readonly type: 'Remove'; readonly queryId: number };

export interface AuthenticateFrame {
	readonly type: 'Authenticate';
	readonly tokenType: 'Admin' | 'User' | 'None';
	readonly baseVersion: number;
	readonly value?: string;
	readonly impersonating?: unknown;
}

export interface CallFrame {
	readonly requestId: number;
	readonly udfPath: string;
	readonly args: unknown;
}

export type ClientFrame =
	| { readonly type: 'Connect'; readonly sessionId: string }
	| AuthenticateFrame
	| {
			readonly type: 'ModifyQuerySet';
			readonly baseVersion: number;
			readonly newVersion: number;
			readonly modifications: readonly QueryModification[];
	  }
	| (CallFrame & { readonly type: 'Mutation' })
	| (CallFrame & { readonly type: 'Action' })
	| { readonly type: 'Event' };

export type ServerFrame = { readonly type: string } & Readonly<
	Record<string, JSONValue | StateVersion | readonly string[] | readonly ServerFrame[] | undefined>
>;
