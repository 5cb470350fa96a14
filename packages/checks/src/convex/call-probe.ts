/** One harmless query, called once per diagnosis: whether functions run at all. */
import { z } from 'zod';
import type { CheckContext, Outcome } from '../contract.ts';
import type { ConvexCallResult, ConvexState, VendorVerdict } from '../vendors.ts';
import { readAdminDeployment, readDeployment } from './read-deployment.ts';

export const usualQuery = 'health:ping';
/** A query that no application has: that it is refused as missing proves that functions run. */
export const absentQuery = 'holdfast_probe:nowhere';

/** A public query without arguments. Queries only read, so one may be named in a document. */
export function queryParam() {
	return z
		.string()
		.regex(/^[\w./-]{1,200}:\w{1,100}$/, 'expected a function such as health:ping')
		.default(usualQuery)
		.meta({
			description: 'Public query without arguments that is called; where the deployment has none of the name, one that exists nowhere',
			example: 'query=health:ping',
		});
}

export interface ProbeQuery {
	readonly path: string;
	/** Whether the deployment has it; null when its list of functions could not be had. */
	readonly exists: boolean | null;
}

export type ProbeCall =
	| {
			readonly kind: 'called';
			readonly query: ProbeQuery;
			readonly verdict: VendorVerdict<ConvexCallResult>;
			readonly subject: string;
			readonly host: string;
	  }
	| { readonly kind: 'none'; readonly outcome: Outcome };

/** @param wanted the query that is called where it exists, or where that is not known. */
export function callProbe(context: CheckContext, wanted: string): Promise<ProbeCall> {
	return context.fact(`convex-call:${wanted}`, async (signal): Promise<ProbeCall> => {
		const deployment = await readDeployment(context);
		if (deployment.kind === 'none') return deployment;
		const { target, subject, host } = deployment;
		const query = await chooseQuery(context, wanted);
		// As any visitor: what an admin key may do says nothing about what visitors meet.
		const verdict = await context.vendors.convex.callFunction(target, { kind: 'query', path: query.path }, signal);
		return { kind: 'called', query, verdict, subject, host };
	});
}

/** @returns the wanted query, unless the deployment's list says that there is none of that name. */
export function chooseQuery(context: CheckContext, wanted: string): Promise<ProbeQuery> {
	return context.fact(`convex-query:${wanted}`, async (signal): Promise<ProbeQuery> => {
		const admin = await readAdminDeployment(context);
		if (admin.kind === 'none') return { path: wanted, exists: null };
		const list = await context.vendors.convex.listFunctions(admin.target, signal);
		if (list.kind === 'no-answer') return { path: wanted, exists: null };
		const exists = list.value.some(({ path, kind, public: open }) => open && kind === 'query' && path === wanted);
		return exists ? { path: wanted, exists } : { path: absentQuery, exists: false };
	});
}

export type StateAnswer =
	| { readonly kind: 'state'; readonly state: ConvexState; readonly subject: string }
	| { readonly kind: 'none'; readonly outcome: Outcome; readonly silence: Extract<VendorVerdict<unknown>, { kind: 'no-answer' }> | null };

/** The deployment's own word on whether it runs, asked once. */
export function readConvexState(context: CheckContext): Promise<StateAnswer> {
	return context.fact('convex-state', async (signal): Promise<StateAnswer> => {
		const admin = await readAdminDeployment(context);
		if (admin.kind === 'none') return { ...admin, silence: null };
		const verdict = await context.vendors.convex.readState(admin.target, signal);
		if (verdict.kind === 'answer') return { kind: 'state', state: verdict.value, subject: admin.subject };
		return { kind: 'none', outcome: { state: 'unknown', reason: verdict.reason, subject: admin.subject }, silence: verdict };
	});
}
