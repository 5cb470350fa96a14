/** What is wrong in `ingest:` of services and can only be told by looking at all of them. */
import type { ConfigFault } from './config-fault.ts';

/** @param services raw, by name */
export function checkIngestProjects(services: Readonly<Record<string, unknown>>): readonly ConfigFault[] {
	const owners = new Map<string, string>();
	return Object.entries(services).flatMap(([name, service]): readonly ConfigFault[] => {
		const project = projectOf(service);
		if (project === null) return [];
		const owner = owners.get(project);
		if (owner === undefined) {
			owners.set(project, name);
			return [];
		}
		return [
			{
				path: ['services', name, 'ingest', 'project'],
				message: `services.${name}.ingest.project: expected a project of its own, and ${owner} has the same`,
				hint: 'Give each service another number: what it sends is told apart by it.',
			},
		];
	});
}

function projectOf(service: unknown): string | null {
	if (typeof service !== 'object' || service === null || !('ingest' in service)) return null;
	const { ingest } = service;
	if (typeof ingest !== 'object' || ingest === null || !('project' in ingest)) return null;
	return typeof ingest.project === 'string' ? ingest.project : null;
}
