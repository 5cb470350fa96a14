import { z } from 'zod';
import type { CheckContext, Finding, Outcome } from '../../contract.ts';
import { readAdminDeployment } from '../../convex/read-deployment.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import type { ConvexAuditLog, SecurityEvent, SecurityLog } from '../../vendors.ts';
import { judgeChanges, judgeEvents, sumEvents } from './judge-events.ts';

/** A source: what it says, or why it says nothing. */
type Source<Value> =
	| { readonly kind: 'read'; readonly value: Value }
	| { readonly kind: 'none'; readonly reason: string; readonly enable: string };

export const securityLog = defineCheck({
	id: 'security.log',
	title: 'Nobody forces the way in',
	question: 'Do sign-ins and changes of the last hour look like an attack?',
	explains:
		'Reads two sources, and says which were there: sign-ins, lockouts and actions of administrators in the application’s log (`log: {file}`, JSON lines with an event or a message such as sign-in.failed, the last MiB), and changes in the audit log of the Convex deployment. Accounts are shown by a mark (keyed hash), addresses by their network. ok: fewer than `warn` sign-ins failed in `minutes`, and no burst. warn: `warn` (20) or more failed, 10 to one account, 20 from one address, 5 attempts turned away, or 20 changes besides releases. fail: `fail` (100) or more failed, or an account was entered after 10 failures. Lone changes and lockouts are notes. unknown: neither source can be read.',
	requires: [
		'`log: {file}` in holdfast.yaml, of an application that writes its sign-ins as JSON lines',
		'or `convex: {url: …, adminKey: …}`; a key with deployment:auditLog:view is enough',
	],
	needs: [],
	params: z.object({
		minutes: z.int().min(5).max(1440).default(60).meta({ description: 'How far back it looks, in minutes', example: 'minutes=60' }),
		warn: z.int().min(1).max(1_000_000).default(20).meta({ description: 'Failed sign-ins from which it warns', example: 'warn=20' }),
		fail: z.int().min(1).max(1_000_000).default(100).meta({ description: 'Failed sign-ins from which it fails', example: 'fail=100' }),
	}),
	deadlineMs: 9500,
	run: async (context, bounds): Promise<Outcome> => {
		const from = context.now() - bounds.minutes * 60_000;
		const [log, audit] = await Promise.all([readLog(context), readAudit(context, from)]);
		const told = describeSources(log, audit, from);
		if (log.kind === 'none' && audit.kind === 'none')
			return {
				state: 'unknown',
				reason: `Nothing tells who came in: ${log.reason}; ${audit.reason}`,
				enable: `${log.enable}; or ${audit.enable}`,
			};
		const events = log.kind === 'none' ? [] : log.value.events.filter(({ at }) => at !== null && Date.parse(at) >= from);
		const changes = audit.kind === 'none' ? [] : audit.value.events;
		const findings: readonly Finding[] = worstFirst([...judgeEvents(events, bounds), ...judgeChanges(changes, bounds.minutes)]);
		const state = stateOf(findings);
		const sums = sumEvents(events);
		const quiet =
			log.kind === 'none'
				? `${changes.length} entries in the audit log of the last ${bounds.minutes} min`
				: `${sums.failed} failed and ${sums.signedIn} successful sign-ins in the last ${bounds.minutes} min`;
		return {
			state,
			reason: `${state === 'ok' ? quiet : summariseFindings(findings)} (${told})`,
			findings,
			measurements:
				log.kind === 'none'
					? []
					: [
							{ name: 'failed sign-ins', value: sums.failed, unit: 'count' },
							{ name: 'sign-ins', value: sums.signedIn, unit: 'count' },
							{ name: 'lockouts', value: sums.lockouts, unit: 'count' },
						],
			evidence: events.length + changes.length === 0 ? [] : [showEvents(events, changes)],
		};
	},
});

async function readLog({ service, vendors, signal }: CheckContext): Promise<Source<SecurityLog>> {
	const none = (reason: string, enable: string): Source<SecurityLog> => ({ kind: 'none', reason, enable });
	if (service.logFile === undefined)
		return none('it is not known where the application’s log is', 'set `log: {file: PATH}` for the service in holdfast.yaml');
	const verdict = await vendors.serverFiles.readSecurityLog(service.logFile, signal);
	if (verdict.kind === 'no-answer')
		return none(`the log cannot be read: ${verdict.reason}`, verdict.enable ?? 'make the file readable for holdfast');
	// Silence of a log that never speaks of sign-ins is no quiet.
	if (verdict.value.events.length === 0)
		return none(
			`the log has no line about a sign-in (${verdict.value.lines} JSON lines read), so it is not known whether the application writes them`,
			'write sign-ins to the log as JSON lines, such as {"time":…,"event":"sign-in.failed","account":…,"ip":…}',
		);
	if (verdict.value.events.every(({ at }) => at === null))
		return none('the log’s lines about sign-ins do not say when they were written', 'write log lines with a `time`');
	return { kind: 'read', value: verdict.value };
}

async function readAudit(context: CheckContext, from: number): Promise<Source<ConvexAuditLog>> {
	const none = (reason: string, enable: string): Source<ConvexAuditLog> => ({
		kind: 'none',
		reason: `no Convex audit log: ${reason}`,
		enable,
	});
	const admin = await readAdminDeployment(context);
	if (admin.kind === 'none') return none(admin.outcome.reason, admin.outcome.enable ?? 'holdfast help convex.state');
	const verdict = await context.vendors.convex.readAuditLog(admin.target, from, context.signal);
	if (verdict.kind === 'no-answer') return none(verdict.reason, verdict.enable ?? 'use a key that allows deployment:auditLog:view');
	return { kind: 'read', value: verdict.value };
}

function describeSources(log: Source<SecurityLog>, audit: Source<ConvexAuditLog>, from: number): string {
	const { since, cut } = log.kind === 'none' ? { since: null, cut: false } : log.value;
	const short = cut && since !== null && Date.parse(since) > from ? `, which was read back to ${since} only` : '';
	const parts = [
		log.kind === 'none' ? log.reason : `from the log${short}`,
		audit.kind === 'none' ? audit.reason : `from Convex’s audit log${audit.value.complete ? '' : ', its first 500 entries'}`,
	];
	return parts.join('; ');
}

const ranks = { fail: 0, warn: 1, info: 2 } as const;

function worstFirst(findings: readonly Finding[]): readonly Finding[] {
	return findings.toSorted((a, b) => ranks[a.severity] - ranks[b.severity]);
}

function showEvents(events: readonly SecurityEvent[], changes: ConvexAuditLog['events']) {
	const lines = [
		...events.map(({ at, name, account, address, count }) => ({
			at: at ?? '',
			text: `${name}${count === 1 ? '' : ` × ${count}`}${account === null ? '' : `  account ${account.mark}`}${address === null ? '' : `  ${address.shown ?? address.mark}`}`,
		})),
		...changes.map(({ at, action, actor }) => ({ at, text: `Convex: ${action}  by ${actor}` })),
	].toSorted((a, b) => a.at.localeCompare(b.at));
	const shown = lines.slice(-60);
	return {
		title: 'Sign-ins and changes, the latest last',
		kind: 'table' as const,
		body: shown.map(({ at, text }) => `${at}  ${text}`).join('\n'),
		...(lines.length > shown.length ? { truncated: true } : {}),
	};
}
