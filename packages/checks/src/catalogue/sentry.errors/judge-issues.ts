/** Which errors Sentry has seen, and which are new. Pure. */
import type { Finding } from '../../contract.ts';
import type { SentryErrors, SentryIssue } from '../../vendors.ts';

export interface IssueWindow {
	/** `the last 15 minutes`. */
	readonly words: string;
	/** Start of the window, milliseconds since the epoch. */
	readonly sinceMs: number;
	/** Milliseconds since the epoch; what was last seen before it is a note. Null: not known. */
	readonly processStartedAt: number | null;
	/** Events of one known issue from which it fails. */
	readonly failCount: number;
}

const errorLevels: readonly string[] = ['error', 'fatal'];

/** @returns a finding per issue, the worst first. */
export function judgeIssues({ issues }: SentryErrors, window: IssueWindow): readonly Finding[] {
	const rank = { fail: 0, warn: 1, info: 2 } as const;
	return issues.map((issue) => judgeIssue(issue, window)).toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}

function judgeIssue(issue: SentryIssue, window: IssueWindow): Finding {
	const isNew = Date.parse(issue.firstSeenAt) >= window.sinceMs;
	const stopped = window.processStartedAt !== null && Date.parse(issue.lastSeenAt) < window.processStartedAt;
	const users = issue.users === null || issue.users === 0 ? '' : ` for ${issue.users} user${issue.users === 1 ? '' : 's'}`;
	const times = `${issue.count} time${issue.count === 1 ? '' : 's'}${users} in ${window.words}`;
	const place = issue.culprit === null || issue.culprit === '' ? '' : ` (${issue.culprit})`;
	const tail = stopped ? ', not since the application’s last start' : '';
	return {
		code: isNew ? 'sentry.new-issues' : 'sentry.errors',
		severity: readSeverity(issue, stopped, isNew, window.failCount),
		message: `${isNew ? 'New: ' : ''}${issue.title.slice(0, 160)}${place}, ${times}${tail}`,
		fix: issue.url === null ? 'look at the issue in Sentry' : `look at ${issue.url}`,
	};
}

function readSeverity({ level, count }: SentryIssue, stopped: boolean, isNew: boolean, failCount: number): Finding['severity'] {
	if (stopped || !errorLevels.includes(level)) return 'info';
	return isNew || count >= failCount ? 'fail' : 'warn';
}
