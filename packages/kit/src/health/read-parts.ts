import type { ConvexReport, HealthReport, MaintenanceReport, RevocationReport, VitalReport } from '../wire.ts';

/** What other parts of the kit add to the private report. Each answers from memory, at once. */
export interface ReportParts {
	/** The result of `watchConvex`: its last answer is part of the private report. */
	readonly convex?: { readonly latest: () => ConvexReport } | undefined;
	/** The result of `createMaintenance`. */
	readonly maintenance?: { readonly report: () => MaintenanceReport } | undefined;
	/** The list of ended sessions, where it is refreshed in the background. */
	readonly revocation?: { readonly report: () => RevocationReport } | undefined;
	/** The store behind the beacon of Web Vitals. */
	readonly vitals?: { readonly report: () => readonly VitalReport[] } | undefined;
}

type Parts = Pick<HealthReport['holdfast'], 'convex' | 'maintenance' | 'revocation' | 'vitals'>;

/** Reads the parts; one that throws is left out, since it says nothing about whether the process can serve. */
export function readParts({ convex, maintenance, revocation, vitals }: ReportParts): Parts {
	return {
		...read('convex', convex && (() => convex.latest())),
		...read('maintenance', maintenance && (() => maintenance.report())),
		...read('revocation', revocation && (() => revocation.report())),
		...read('vitals', vitals && (() => vitals.report())),
	};
}

function read<K extends keyof Parts>(name: K, part: (() => NonNullable<Parts[K]>) | undefined): Partial<Parts> {
	try {
		return part === undefined ? {} : { [name]: part() };
	} catch {
		return {};
	}
}
