/** Something that became of a release. */
export interface ReleaseNotice {
	/** The sender's id of this notice: the same one sent twice is one. */
	readonly id: string;
	/** What errors and sessions name it by: most often a commit. */
	readonly version: string;
	readonly event: ReleaseEvent;
	/** Milliseconds since 1970. */
	readonly at: number;
	readonly environment: string;
	readonly commit: string | null;
	/** First line of the commit's message. */
	readonly title: string | null;
	readonly branch: string | null;
	/** Where it answers, without user, query and fragment. */
	readonly url: string | null;
	/** The platform's name of it. */
	readonly deploymentId: string | null;
	readonly from: 'webhook' | 'vercel' | 'cli';
}

/** `live`: takes the traffic now. `rolled-back`: is live again in place of a later one. */
export type ReleaseEvent = 'started' | 'built' | 'live' | 'rolled-back' | 'failed' | 'cancelled';

export type ReleaseReading =
	| { readonly ok: true; readonly notice: ReleaseNotice }
	/** Well formed, and about something that is no release. */
	| { readonly ok: true; readonly notice: null; readonly detail: string }
	| { readonly ok: false; readonly detail: string };
