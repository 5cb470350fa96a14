/** The deployment's log of the last minutes, read once per window, and its executions by function. */
import { z } from 'zod';
import type { CheckContext, Outcome } from '../contract.ts';
import type { ConvexExecution, ConvexLog } from '../vendors.ts';
import { usualQuery } from './call-probe.ts';
import { describeSilence } from './describe-silence.ts';
import { readAdminDeployment, readLastPush } from './read-deployment.ts';

export const logRequires = ['`convex: {url: …, adminKey: …}` in holdfast.yaml; a key with deployment:logs:view is enough'];

/** How far back the log is read. */
export function windowParam() {
	return z.int().min(1).max(1440).default(15).meta({ description: 'How far back to look, in minutes', example: 'window=15' });
}

export type LogAnswer =
	| {
			readonly kind: 'log';
			readonly log: ConvexLog;
			/** Those of the code that runs now: since the last push, where the deployment says when that was. */
			readonly current: readonly ConvexExecution[];
			readonly subject: string;
			readonly host: string;
	  }
	| { readonly kind: 'none'; readonly outcome: Outcome };

/** @param minutes whole minutes back from now. */
export function readConvexLog(context: CheckContext, minutes: number): Promise<LogAnswer> {
	return context.fact(`convex-log:${minutes}`, async (signal): Promise<LogAnswer> => {
		const deployment = await readAdminDeployment(context);
		if (deployment.kind === 'none') return deployment;
		const { target, subject, host } = deployment;
		const [verdict, pushedAt] = await Promise.all([
			context.vendors.convex.readLog(target, context.now() - minutes * 60_000, signal),
			readLastPush(context),
		]);
		if (verdict.kind === 'answer') {
			const log = withoutOurs(verdict.value);
			return {
				kind: 'log',
				log,
				current: log.executions.filter(({ at }) => pushedAt === null || !(Date.parse(at) < Date.parse(pushedAt))),
				subject,
				host,
			};
		}
		const asked = { vendor: 'Convex', setting: 'convex.adminKey' as const, right: 'deployment:logs:view' };
		return { kind: 'none', outcome: { ...describeSilence(verdict, asked), subject } };
	});
}

/** Our own probes, which say nothing about the application, and the deployment's own functions. */
function isTheirs({ path, error }: ConvexExecution): boolean {
	if (/^(?:holdfast_probe(?:\.js)?:|_system\/)/.test(path)) return false;
	return !(path === usualQuery && error !== null && /could not find (?:public )?function/i.test(error));
}

function withoutOurs(log: ConvexLog): ConvexLog {
	return { ...log, executions: log.executions.filter(isTheirs) };
}

/** Executions of one function, oldest first. */
export interface FunctionRuns {
	readonly path: string;
	readonly kind: ConvexExecution['kind'];
	readonly executions: readonly ConvexExecution[];
}

/** @param executions oldest first. @returns by function, in order of first appearance. Pure. */
export function groupByFunction(executions: readonly ConvexExecution[]): readonly FunctionRuns[] {
	const groups = new Map<string, ConvexExecution[]>();
	for (const execution of executions) {
		const key = `${execution.kind} ${execution.path}`;
		const known = groups.get(key);
		if (known === undefined) groups.set(key, [execution]);
		else known.push(execution);
	}
	return [...groups.values()].flatMap((runs) =>
		runs[0] === undefined ? [] : [{ path: runs[0].path, kind: runs[0].kind, executions: runs }],
	);
}

/** @returns for the end of a sentence: what the log may not hold. Pure. */
export function describeGap({ mayHaveGap }: ConvexLog): string {
	return mayHaveGap ? '; older executions may be missing, the deployment keeps the last 1,000 and none over a restart' : '';
}

/** @returns `the last 15 minutes`, `the last minute`. Pure. */
export function nameWindow(minutes: number): string {
	return minutes === 1 ? 'the last minute' : `the last ${minutes} minutes`;
}
