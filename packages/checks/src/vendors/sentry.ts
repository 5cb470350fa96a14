import type { Secret } from '../secret.ts';
import type { VendorReach, VendorVerdict } from './verdict.ts';

/** A project at Sentry, or at whatever answers its Web API. */
export interface SentryTarget {
	/** Origin of the Web API: `https://sentry.io`, `https://de.sentry.io`, a self-hosted one. */
	readonly url: string;
	readonly org: string;
	readonly project: string;
	/** Absent: every question answers `not-configured`. */
	readonly token?: Secret;
	/** Folder of the Holdfast whose own record is asked instead; `project` is the service. */
	readonly home?: string;
	readonly reach?: VendorReach;
}

export interface SentryIssue {
	readonly id: string;
	readonly title: string;
	readonly culprit: string | null;
	readonly level: string;
	/** Events in the window. */
	readonly count: number;
	readonly users: number | null;
	/** ISO 8601. */
	readonly firstSeenAt: string;
	readonly lastSeenAt: string;
	readonly url: string | null;
}

export interface SentryErrors {
	/** Unresolved issues seen in the window, most events first, at most 100. */
	readonly issues: readonly SentryIssue[];
	/** Of those, first seen in the window. */
	readonly newCount: number;
	/** Events per hour, oldest first; null when it could not be had. */
	readonly perHour: readonly number[] | null;
	/** Page for people. */
	readonly url: string;
}

export interface SentryTransaction {
	readonly name: string;
	readonly count: number;
	readonly p75Ms: number | null;
	readonly p95Ms: number | null;
	/** 0 to 1. */
	readonly failureRate: number | null;
}

export interface SentryPerformance {
	/** Most calls first, at most 50. */
	readonly transactions: readonly SentryTransaction[];
	/** Share of sessions without a crash, 0 to 1; null when the project sends no sessions. */
	readonly crashFree: number | null;
	readonly url: string;
}

/** What our own Sentry-compatible sink answers as well. */
export interface SentryPort {
	/** @param windowMinutes whole minutes back from now. */
	readErrors(target: SentryTarget, windowMinutes: number, signal: AbortSignal): Promise<VendorVerdict<SentryErrors>>;
	readPerformance(target: SentryTarget, windowMinutes: number, signal: AbortSignal): Promise<VendorVerdict<SentryPerformance>>;
	/** Issues first seen after the release came; empty when there are none. */
	readNewIssues(target: SentryTarget, release: string, signal: AbortSignal): Promise<VendorVerdict<readonly SentryIssue[]>>;
}
