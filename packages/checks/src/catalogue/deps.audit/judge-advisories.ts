/** Which of the pinned packages have a known vulnerability, and how bad that is for this application. Pure. */
import type { Finding } from '../../contract.ts';
import { findFixed, isInRange } from '../../dependencies/range.ts';
import type { AdvisorySeverity, LockedPackage, PackageAdvisory } from '../../vendors.ts';

/** One advisory that one pinned version has. */
export interface Exposure {
	readonly package: LockedPackage;
	readonly advisory: PackageAdvisory;
	/** `4.17.21`, `after 4.17.20`; null where none is known. */
	readonly fixedIn: string | null;
	/** The range could not be read, so that it is taken to hold. */
	readonly assumed: boolean;
}

export const severities: readonly AdvisorySeverity[] = ['low', 'moderate', 'high', 'critical'];

/** The worst first, production before development. */
export function findExposures(packages: readonly LockedPackage[], advisories: readonly PackageAdvisory[]): readonly Exposure[] {
	const byName = new Map<string, PackageAdvisory[]>();
	for (const advisory of advisories) byName.set(advisory.name, [...(byName.get(advisory.name) ?? []), advisory]);
	return packages
		.flatMap((locked) =>
			(byName.get(locked.name) ?? []).flatMap((advisory): readonly Exposure[] => {
				const inside = isInRange(locked.version, advisory.vulnerable);
				return inside === false
					? []
					: [{ package: locked, advisory, fixedIn: findFixed(locked.version, advisory.vulnerable), assumed: inside === null }];
			}),
		)
		.toSorted(
			(a, b) =>
				Number(a.package.use === 'development') - Number(b.package.use === 'development') ||
				severities.indexOf(b.advisory.severity) - severities.indexOf(a.advisory.severity) ||
				a.package.name.localeCompare(b.package.name),
		);
}

/**
 * What visitors are exposed to fails; a tool of development, which runs on the machines of those who build, warns at most.
 * @param bounds severities from which on it fails and warns
 */
export function judgeExposure(
	{ package: locked, advisory, fixedIn, assumed }: Exposure,
	bounds: { readonly fail: AdvisorySeverity; readonly warn: AdvisorySeverity },
): Finding {
	const rank = severities.indexOf(advisory.severity);
	const bad = rank >= severities.indexOf(bounds.fail);
	const noted = bad || rank >= severities.indexOf(bounds.warn);
	const development = locked.use === 'development';
	const where = development ? ', needed for development only' : '';
	const fix = fixedIn === null ? 'no fixed version is known' : `fixed ${fixedIn.startsWith('after') ? fixedIn : `in ${fixedIn}`}`;
	const guess = assumed ? `; whether this version has it is not sure (${advisory.vulnerable})` : '';
	return {
		code: 'deps.vulnerable',
		severity: bad && !development ? 'fail' : noted ? 'warn' : 'info',
		message: `${locked.name} ${locked.version}${where}: ${advisory.title} (${advisory.severity}, ${fix})${guess}`,
		fix:
			fixedIn === null
				? `replace ${locked.name}, or see whether the application uses what is vulnerable`
				: locked.direct
					? `npm install ${locked.name}@${fixedIn.startsWith('after') ? 'latest' : fixedIn}`
					: `npm update ${locked.name}; where that changes nothing, update what needs it (npm explain ${locked.name})`,
	};
}
