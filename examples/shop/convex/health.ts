import { v } from 'convex/values';
import { query } from './_generated/server';

/** Answers whenever functions run at all; reads nothing. */
export const ping = query({ args: {}, returns: v.object({ status: v.literal('ok') }), handler: async () => ({ status: 'ok' as const }) });
