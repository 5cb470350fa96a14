/** Frames of the sync protocol as far as a probe needs them (get-convex/convex-js, `src/browser/sync/protocol.ts`). Pure. */
import { z } from 'zod';
import { parseJson } from '../http/shown-text.ts';

export type SyncFrame =
	| { readonly kind: 'transition'; readonly query: 'result' | 'error' | 'none'; readonly message: string | null }
	| { readonly kind: 'fatal'; readonly message: string }
	| { readonly kind: 'other' };

const FrameSchema = z.object({
	type: z.string(),
	error: z.string().nullish().catch(null),
	modifications: z
		.array(z.object({ type: z.string(), queryId: z.number(), errorMessage: z.string().nullish().catch(null) }))
		.nullish()
		.catch([]),
});

/** Query 0 is the one that was asked for. */
export function readFrame(text: string): SyncFrame {
	const { success, data: frame } = FrameSchema.safeParse(parseJson(text));
	if (!success) return { kind: 'other' };
	if (frame.type === 'FatalError' || frame.type === 'AuthError')
		return { kind: 'fatal', message: frame.error ?? 'The deployment gave no reason' };
	// A transition in pieces is one of more than 5 MB: the query gave a result.
	if (frame.type === 'TransitionChunk') return { kind: 'transition', query: 'result', message: null };
	if (frame.type !== 'Transition') return { kind: 'other' };
	const own = frame.modifications?.find(({ queryId }) => queryId === 0);
	if (own?.type === 'QueryUpdated') return { kind: 'transition', query: 'result', message: null };
	if (own?.type === 'QueryFailed') return { kind: 'transition', query: 'error', message: own.errorMessage ?? 'The query failed' };
	return { kind: 'transition', query: 'none', message: null };
}
