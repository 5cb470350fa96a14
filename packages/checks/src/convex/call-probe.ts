/** One harmless query, called once per diagnosis: whether functions run at all. */
import { z } from 'zod';
import type { CheckContext, Outcome } from '../contract.ts';
import type { ConvexCallResult, ConvexState, VendorVerdict } from '../vendors.ts';
import { readAdminDeployment, readDeployment } from './read-deployment.ts';

export const usualQuery = 'health:ping';
/** A public query without arguments. Queries only read, so one may be named in a document. */
export function queryParam() {
	return z
		.string()
		.regex(/^[\w./-]{1,200}:\w{1,100}$/, 'expected a function such as health:ping')
		.default(usualQuery)
		.meta({
			description: 'Public query without arguments that is called; where the deployment has none of the name, its refusal tells as much',
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

/** Calls it and asks at the same time whether it exists: that it is refused as missing proves as well that functions run. */
export function callProbe(context: CheckContext, path: string): Promise<ProbeCall> {
	return context.fact(`convex-call:${path}`, async (signal): Promise<ProbeCall> => {
		const deployment = await readDeployment(context);
		if (deployment.kind === 'none') return deployment;
		const { target, subject, host } = deployment;
		// As any visitor: what an admin key may do says nothing about what visitors meet.
		const called = context.vendors.convex.callFunction(target, { kind: 'query', path }, signal);
		const [verdict, exists] = await Promise.all([called, hasQuery(context, path)]);
		return { kind: 'called', query: { path, exists }, verdict, subject, host };
	});
}

/** @returns whether the deployment lists a public query of that name; null when its list could not be had. */
export function hasQuery(context: CheckContext, wanted: string): Promise<boolean | null> {
	return context.fact(`convex-query:${wanted}`, async (signal) => {
		const admin = await readAdminDeployment(context);
		if (admin.kind === 'none') return null;
		const list = await context.vendors.convex.listFunctions(admin.target, signal);
		if (list.kind === 'no-answer') return null;
		return list.value.some(({ path, kind, public: open }) => open && kind === 'query' && path === wanted);
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
