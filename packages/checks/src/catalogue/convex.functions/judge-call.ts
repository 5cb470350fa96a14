/** What one harmless call says about whether functions run. Pure. */
import type { Finding } from '../../contract.ts';
import type { ProbeQuery } from '../../convex/call-probe.ts';
import type { ConvexCallResult, ConvexState } from '../../vendors.ts';
import { describeStop, listStops, readStop } from '../convex.state/judge-state.ts';

export type CallVerdict =
	| { readonly kind: 'runs'; readonly reason: string }
	| { readonly kind: 'fails'; readonly finding: Finding }
	/** The deployment hides its words, and nothing else tells. */
	| { readonly kind: 'open'; readonly reason: string };

/** @param state as the deployment says it; null when that could not be had. */
export function judgeCall(result: ConvexCallResult, query: ProbeQuery, state: ConvexState | null): CallVerdict {
	if (result.ok) return { kind: 'runs', reason: `${query.path} answers in ${Math.round(result.durationMs)} ms` };
	const stop = readStop(result.error) ?? (state === null ? undefined : listStops(state)[0]);
	if (stop !== undefined) return { kind: 'fails', finding: describeStop(stop, 'functions') };
	switch (result.error) {
		case 'no-such-function':
			return judgeMissing(query);
		case 'unauthenticated':
			return { kind: 'runs', reason: `Functions run: ${query.path} wants a user who is signed in` };
		case 'arguments':
			return { kind: 'runs', reason: `Functions run: ${query.path} wants arguments` };
		case 'redacted':
			return judgeRedacted(query, state);
		case 'transaction-limit':
		case 'application':
		case 'other':
			return failed(query, result.message);
		default:
			return { kind: 'open', reason: `${query.path} gives an error that cannot be read` };
	}
}

function judgeMissing(query: ProbeQuery): CallVerdict {
	if (query.exists !== true) return { kind: 'runs', reason: 'Functions run: a query that does not exist is refused as that' };
	return failed(query, 'the deployment lists it and refuses it as missing');
}

/** A query that is known to exist and gives an error fails, whatever the hidden words are; one that is not may only be missing. */
function judgeRedacted(query: ProbeQuery, state: ConvexState | null): CallVerdict {
	if (query.exists === true) {
		const message =
			state === null
				? `${query.path} fails, and the deployment hides why: it may be paused or disabled, or the function throws`
				: `${query.path} fails while the deployment is running: the function throws, and its words are hidden from visitors`;
		const fix = 'look at the log of the deployment in the Convex dashboard';
		return { kind: 'fails', finding: { code: state === null ? 'functions.redacted' : 'functions.failed', severity: 'fail', message, fix } };
	}
	if (state?.running === true && query.exists === false)
		return { kind: 'runs', reason: 'The deployment is running, and refuses a query that does not exist' };
	return {
		kind: 'open',
		reason: `${query.path} gives an error whose words are hidden: a paused deployment and a missing function look alike`,
	};
}

function failed(query: ProbeQuery, why: string): CallVerdict {
	return {
		kind: 'fails',
		finding: {
			code: 'functions.failed',
			severity: 'fail',
			message: `${query.path} fails: ${why}`,
			fix: 'look at the function and at the log of the deployment in the Convex dashboard',
		},
	};
}
