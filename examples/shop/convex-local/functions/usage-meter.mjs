/** @import { Settings } from '../data/data.d.ts' */
/** @import { LogEntry, UsageMeter } from './functions.d.ts' */

const GB = 1e9;
const HOUR_S = 3600;
/** Memory that a function is charged for, in GB. */
const FUNCTION_GB = 64 / 1024;

/** Metrics of usage limits (facts: OpenAPI "Convex Deployment API 1.0.0") and their units. */
export const metricUnits = {
	functionCalls: 'calls',
	databaseIoGb: 'GB',
	dataEgressGb: 'GB',
	searchQueryGb: 'GB',
	queryMutationComputeGbHours: 'GB-hours',
	actionComputeConvexGbHours: 'GB-hours',
	actionComputeNodeJsGbHours: 'GB-hours',
	actionComputeCpuGbHours: 'GB-hours',
};

/** @typedef {{ day: string, month: string, ofDay: Record<string, number>, ofMonth: Record<string, number> }} Usage */

/** @type {Usage} */
export const noUsage = { day: '', month: '', ofDay: {}, ofMonth: {} };

/**
 * What was used on this day and in this month (UTC). Kept when the process ends orderly and every 200 entries: a count, no data.
 * @param {Settings<Usage>} settings @returns {UsageMeter}
 */
export function createUsageMeter(settings) {
	const { value } = settings;
	let unsaved = 0;
	/** Counts begin anew with the day and the month. */
	const turn = () => {
		const day = new Date().toISOString().slice(0, 10);
		const month = day.slice(0, 7);
		if (value.day !== day) Object.assign(value, { day, ofDay: {} });
		if (value.month !== month) Object.assign(value, { month, ofMonth: {} });
	};
	return {
		add(entry, returnedBytes) {
			turn();
			for (const [metric, amount] of Object.entries(amountsOf(entry, returnedBytes))) {
				value.ofDay[metric] = (value.ofDay[metric] ?? 0) + amount;
				value.ofMonth[metric] = (value.ofMonth[metric] ?? 0) + amount;
			}
			unsaved++;
			if (unsaved < 200) return;
			unsaved = 0;
			settings.save();
		},
		used(metric, window) {
			turn();
			return (window === 'day' ? value.ofDay : value.ofMonth)[metric] ?? 0;
		},
		save: settings.save,
	};
}

/** @param {LogEntry} entry @param {number} returnedBytes @returns {Record<string, number>} */
function amountsOf({ udfType, executionTime, usageStats }, returnedBytes) {
	const compute = (executionTime / HOUR_S) * FUNCTION_GB;
	const ofAction = udfType === 'Action' || udfType === 'HttpAction';
	return {
		functionCalls: 1,
		databaseIoGb: ((usageStats.databaseReadBytes ?? 0) + (usageStats.databaseWriteBytes ?? 0)) / GB,
		dataEgressGb: returnedBytes / GB,
		[ofAction ? 'actionComputeConvexGbHours' : 'queryMutationComputeGbHours']: compute,
	};
}
