/** What this process did since it started, as metrics. Pure. */
import type { EngineStats } from '../engine.ts';
import { counter, gauge, inSeconds } from './record-families.ts';
import type { MetricFamily } from './write-exposition.ts';

export function engineFamilies(stats: EngineStats): readonly MetricFamily[] {
	return [
		counter('holdfast_engine_checks_total', 'Checks that this engine ran and stored.', stats.checks),
		counter('holdfast_engine_ticks_missed_total', 'Ticks missed by monitors that this engine then took up.', stats.missed),
		counter(
			'holdfast_engine_results_lost_total',
			'Results that came after another engine had taken over, or were dropped because too many waited.',
			stats.lost,
		),
		gauge('holdfast_engine_checks_held', 'Monitors that this engine has claimed and runs, or is about to run.', stats.held),
		gauge('holdfast_engine_results_waiting', 'Results that are not stored yet.', stats.waiting),
		{
			name: 'holdfast_engine_lateness_seconds',
			kind: 'gauge',
			help: 'From due to begun, of the last few thousand runs, by quantile.',
			samples: [
				{ labels: { quantile: '0.5' }, value: inSeconds(stats.lateP50Ms) },
				{ labels: { quantile: '0.99' }, value: inSeconds(stats.lateP99Ms) },
			],
		},
		{
			name: 'holdfast_engine_duty_failures_total',
			kind: 'counter',
			help: 'Turns that failed, by duty.',
			samples: Object.entries(stats.failures).map(([duty, value]) => ({ labels: { duty }, value })),
		},
	];
}
