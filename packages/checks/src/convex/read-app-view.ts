/** The Convex deployment as the running application sees it, from the kit's report. */
import { setTimeout as wait } from 'node:timers/promises';
import type { ConvexReport, HealthReport } from '@holdfast/kit/wire';
import type { CheckContext } from '../contract.ts';
import { type KitAnswer, type NoReport, readKitAgain, readKitReport } from '../kit/read-kit-report.ts';
import { waitAtMost } from './wait-at-most.ts';

export type AppView =
	| {
			readonly kind: 'seen';
			readonly report: ConvexReport;
			/** Milliseconds since the application last asked its deployment, by its own clock; null when it never did. */
			readonly ageMs: number | null;
	  }
	/** `silent`: the application answered nothing at all: what it serves itself, such as its public keys, is missing for that reason. */
	| { readonly kind: 'unseen'; readonly reason: string; readonly enable: string; readonly silent: boolean };

/** Older than this, in milliseconds, what the application says is no longer news: the kit keeps an answer for a second, and may take three to get the next. */
const freshMs = 4500;
/** Older than this it is asked again: asking made the kit look anew. */
const newsMs = 1200;
/** When it is asked again for the answer that it went to get, in milliseconds after each other. */
const laterMs = [300, 900, 2000] as const;
/** A failure is asked for again when the kit's answer has run out (1 s), and once more for what it then went to get; milliseconds. */
const confirmMs = [1200, 400] as const;

/** An application that hangs does not keep its deployment from being judged. */
const patienceMs = 3000;
const late: NoReport = {
	kind: 'none',
	code: 'no-answer',
	reason: `The application’s own report did not come within ${patienceMs / 1000} s`,
	enable: 'holdfast check http.health',
};

export function readAppView(context: CheckContext): Promise<AppView> {
	return context.fact('convex-app-view', () => viewOf(context));
}

async function viewOf(context: CheckContext): Promise<AppView> {
	const kit = await waitAtMost<KitAnswer>(patienceMs, readKitReport(context), late);
	if (kit.kind === 'none') return { kind: 'unseen', reason: kit.reason, enable: kit.enable, silent: kit.code === 'no-answer' };
	const health = await refresh(context, kit.report);
	const report = health.holdfast.convex ?? null;
	if (report === null)
		return {
			kind: 'unseen',
			reason: 'The application’s report says nothing about Convex',
			enable: 'declare Convex to the kit: `createHealth({convex: …})`',
			silent: false,
		};
	return { kind: 'seen', report, ageMs: ageOf(health) };
}

/** What the application said first may be from before: asking made it look again, and a moment later it has looked. */
async function refresh(context: CheckContext, first: HealthReport): Promise<HealthReport> {
	let health = first;
	for (const ms of laterMs) {
		const { convex } = health.holdfast;
		if (convex === undefined || convex.url === null || (ageOf(health) ?? newsMs + 1) <= newsMs) break;
		health = await askLater(context, health, ms);
	}
	// A failure may be over since: it counts when the application meets it again.
	if (health.holdfast.convex?.status === 'fail' && health.holdfast.convex.url !== null)
		for (const ms of confirmMs) health = await askLater(context, health, ms);
	return health;
}

async function askLater(context: CheckContext, health: HealthReport, ms: number): Promise<HealthReport> {
	await wait(ms, undefined, { signal: context.signal }).catch(() => {});
	if (context.signal.aborted) return health;
	const again = await readKitAgain(context, context.signal);
	// Another instance would speak for itself.
	return again !== null && again.holdfast.process.instance === health.holdfast.process.instance ? again : health;
}

function ageOf({ holdfast }: HealthReport): number | null {
	const at = Date.parse(holdfast.convex?.at ?? '');
	return Number.isNaN(at) ? null : Math.max(0, Date.parse(holdfast.at) - at);
}

/** Whether the view is of now. */
export function isFresh({ ageMs }: { readonly ageMs: number | null }): boolean {
	return ageMs !== null && ageMs <= freshMs;
}

/** When the application's process began, in milliseconds of this machine's clock; null when it does not say. Of several instances the first to begin. */
export async function readProcessStart(context: CheckContext): Promise<number | null> {
	const kit = await waitAtMost<KitAnswer>(patienceMs, readKitReport(context), late);
	if (kit.kind === 'none') return null;
	const starts = kit.instances.map(({ holdfast }) => Date.parse(holdfast.process.startedAt) - kit.skewMs).filter((at) => !Number.isNaN(at));
	return starts.length === 0 ? null : Math.min(...starts);
}
