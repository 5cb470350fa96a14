/** Usage of a deployment against the limits that are set for it. Pure. */
import type { Finding } from '../../contract.ts';
import type { ConvexUsage } from '../../vendors.ts';

export interface UsageRow {
	readonly metric: string;
	readonly unit: string;
	readonly window: 'day' | 'month';
	readonly type: 'warning' | 'disable';
	readonly limit: number;
	/** Null when the deployment gives no figure for it. */
	readonly used: number | null;
}

/** @returns one row for each limit that is enabled. */
export function listUsage({ metrics, limits }: ConvexUsage): readonly UsageRow[] {
	return limits
		.filter(({ enabled, limit }) => enabled && limit > 0)
		.map(({ metric, window, type, limit }) => {
			const figures = metrics.find((one) => one.metric === metric);
			const used = figures === undefined ? null : window === 'day' ? figures.day : figures.month;
			return { metric, unit: figures?.unit ?? '', window, type, limit, used };
		});
}

/** @param nearPercent of a limit from which it warns. @returns the worst first. */
export function judgeUsage(rows: readonly UsageRow[], nearPercent: number): readonly Finding[] {
	const findings = rows.flatMap((row) => judgeRow(row, nearPercent) ?? []);
	return findings.toSorted((a, b) => Number(b.severity === 'fail') - Number(a.severity === 'fail'));
}

function judgeRow({ metric, unit, window, type, limit, used }: UsageRow, nearPercent: number): Finding | null {
	if (used === null) return null;
	const percent = (used / limit) * 100;
	if (percent < nearPercent) return null;
	const suffix = unit === '' || unit === 'count' ? '' : ` ${unit}`;
	const figures = `${formatAmount(used)} of ${formatAmount(limit)}${suffix} (${Math.floor(percent)} %) used this ${window}`;
	if (percent < 100)
		return {
			code: 'usage.near-limit',
			severity: 'warn',
			message: `${metric}: ${figures}${type === 'disable' ? '; at 100 % the deployment is disabled' : ''}`,
			fix: 'look at which functions use it, or raise the limit in the deployment’s settings',
		};
	return {
		code: 'usage.over-limit',
		severity: type === 'disable' ? 'fail' : 'warn',
		message: `${metric}: ${figures}${type === 'disable' ? '; the deployment is disabled by it' : ', more than the limit set for a warning'}`,
		fix: 'raise the limit in the deployment’s settings, and look at which functions use it',
	};
}

function formatAmount(value: number): string {
	return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}
