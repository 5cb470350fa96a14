/** What one request brought, in the one form in which the store takes everything. Pure. */
import { createHash } from 'node:crypto';
import type { DrainLine } from '../ingest/drains/drain-line.ts';
import type { GroupedError, Kept, KeptEnvelope } from '../ingest/ports.ts';
import type { ReleaseNotice } from '../ingest/releases/release-notice.ts';
import type { EventUser } from '../ingest/sentry/event.ts';
import type { VitalSample } from '../ingest/vitals/read-beacon.ts';

export interface ErrorRow {
	readonly service: string;
	readonly id: string;
	readonly at: number;
	readonly release: string | null;
	readonly environment: string;
	readonly level: string;
	/** 16 characters of hex; null: nobody was named. */
	readonly userHash: string | null;
	readonly grouping: GroupedError['grouping'];
	/** The event as JSON. */
	readonly body: string;
}

export interface Parcel extends Omit<KeptEnvelope, 'errors'> {
	readonly errors: readonly ErrorRow[];
	readonly vitals: readonly VitalSample[];
	readonly notices: readonly ReleaseNotice[];
	/** Of the bodies, in characters. */
	readonly weight: number;
}

const NOTHING = {
	errors: [],
	transactions: [],
	spans: [],
	sessions: [],
	sessionCounts: [],
	checkIns: [],
	losses: [],
	lines: [],
	vitals: [],
	notices: [],
	weight: 0,
} satisfies Omit<Parcel, keyof Kept>;

export function parcelOfEnvelope(envelope: KeptEnvelope): Parcel {
	const errors = envelope.errors.map((error) => rowOf(envelope.service, error));
	return { ...NOTHING, ...envelope, errors, weight: errors.reduce((sum, { body }) => sum + body.length, 0) };
}

export function parcelOfVitals(kept: Kept, vitals: readonly VitalSample[]): Parcel {
	return { ...NOTHING, service: kept.service, receivedAt: kept.receivedAt, vitals };
}

export function parcelOfLines(kept: Kept, lines: readonly DrainLine[]): Parcel {
	const weight = lines.reduce((sum, { message }) => sum + message.length, 0);
	return { ...NOTHING, service: kept.service, receivedAt: kept.receivedAt, lines, weight };
}

export function parcelOfNotice(kept: Kept, notice: ReleaseNotice): Parcel {
	return { ...NOTHING, service: kept.service, receivedAt: kept.receivedAt, notices: [notice] };
}

function rowOf(service: string, { event, grouping }: GroupedError): ErrorRow {
	const { id, at, release, environment, level, user } = event;
	return { service, id, at, release, environment, level, userHash: hashUser(user), grouping, body: JSON.stringify(event) };
}

/** Enough to count people without their names. */
function hashUser(user: EventUser | null): string | null {
	const name = user?.id ?? user?.email ?? user?.name ?? null;
	return name === null ? null : createHash('sha256').update(name).digest('hex').slice(0, 16);
}
