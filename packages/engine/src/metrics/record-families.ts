/** What the database holds, as metrics. Every state of a watched service is there, also at 0: a series that comes and goes is no base for an alert. Pure. */
import type { RecordSnapshot } from './queries.ts';
import type { MetricFamily } from './write-exposition.ts';

const STATES = ['ok', 'warn', 'fail', 'unknown', 'new', 'not-applicable'] as const;
const SEVERITIES = ['critical', 'major', 'minor', 'info'] as const;
const NOTIFICATION_STATES = ['waiting', 'sent', 'refused', 'given-up', 'suppressed'] as const;

/** Null where it could not be read: then only that is said. */
export function recordFamilies(snapshot: RecordSnapshot | null): readonly MetricFamily[] {
	const up = gauge('holdfast_database_up', 'Whether the database answered this question in time: 1 or 0.', snapshot === null ? 0 : 1);
	if (snapshot === null) return [up];
	const services = [...new Set(snapshot.monitors.map(({ service }) => service))];
	const unforeseen = snapshot.notifications
		.map(({ state }) => state)
		.filter((state) => !NOTIFICATION_STATES.some((known) => known === state));
	return [
		up,
		gauge('holdfast_schema_version', 'Version of the schema of the database.', snapshot.schemaVersion),
		gauge('holdfast_database_size_bytes', 'Size of the database on its disk.', snapshot.sizeBytes),
		{
			name: 'holdfast_monitors',
			kind: 'gauge',
			help: 'Monitors that are watched, by service and confirmed state; new: not looked at often enough; not-applicable: there is nothing to look at.',
			samples: services.flatMap((service) =>
				STATES.map((state) => ({
					labels: { service, state },
					value: snapshot.monitors.find((one) => one.service === service && one.state === state)?.count ?? 0,
				})),
			),
		},
		{
			name: 'holdfast_incidents_open',
			kind: 'gauge',
			help: 'Incidents that are open or acknowledged, by severity.',
			samples: SEVERITIES.map((severity) => ({
				labels: { severity },
				value: snapshot.openIncidents.find((one) => one.severity === severity)?.count ?? 0,
			})),
		},
		{
			name: 'holdfast_notifications',
			kind: 'gauge',
			help: 'Notifications kept, by state; waiting: not taken by their channel yet.',
			samples: [...NOTIFICATION_STATES, ...unforeseen].map((state) => ({
				labels: { state },
				value: snapshot.notifications.find((one) => one.state === state)?.count ?? 0,
			})),
		},
		counter('holdfast_samples_stored_total', 'Samples ever stored, by all engines.', snapshot.storedSamples),
		counter(
			'holdfast_ticks_missed_total',
			'Times that a monitor was due and nobody began it, also of monitors that are watched no more.',
			snapshot.missedTicks,
		),
		gauge('holdfast_last_sample_age_seconds', 'Time since anything was last looked at.', inSeconds(snapshot.lastSampleAgeMs)),
		gauge('holdfast_oldest_overdue_seconds', 'How long the monitor longest overdue has been due.', inSeconds(snapshot.oldestOverdueMs)),
	];
}

export function gauge(name: string, help: string, value: number | null): MetricFamily {
	return { name, kind: 'gauge', help, samples: [{ value }] };
}

export function counter(name: string, help: string, value: number): MetricFamily {
	return { name, kind: 'counter', help, samples: [{ value }] };
}

export function inSeconds(ms: number | null): number | null {
	return ms === null ? null : ms / 1000;
}
