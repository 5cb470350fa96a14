import type { Family } from './call.ts';
import { cloudFamily } from './hazard/cloud.ts';
import { deployFamily } from './hazard/deploy.ts';
import { dockerFamily } from './hazard/docker.ts';
import { fileFamily } from './hazard/file-destroy.ts';
import { fleetFamily } from './hazard/fleet.ts';
import { gitFamily } from './hazard/git.ts';
import { httpFamily } from './hazard/http.ts';
import { kubernetesFamily } from './hazard/kubernetes.ts';
import { localFamily } from './hazard/local-tools.ts';
import { networkFamily } from './hazard/network.ts';
import { packageFamily } from './hazard/packages.ts';
import { redisFamily } from './hazard/redis.ts';
import { restoreFamily } from './hazard/restore.ts';
import { environmentFamily } from './hazard/secrets.ts';
import { serviceFamily } from './hazard/service.ts';
import { sqlClientFamily } from './hazard/sql-client.ts';
import { wrapperTools } from './peel-wrapper.ts';

/** Adding a family is two edits: its file, one line here. Where two name the same tool, the first one judges it. */
const families: readonly Family[] = [
	fileFamily,
	sqlClientFamily,
	redisFamily,
	restoreFamily,
	kubernetesFamily,
	cloudFamily,
	deployFamily,
	gitFamily,
	dockerFamily,
	serviceFamily,
	httpFamily,
	networkFamily,
	environmentFamily,
	fleetFamily,
	packageFamily,
	localFamily,
];

const byTool = new Map<string, Family>();
for (const family of families) for (const tool of family.tools) if (!byTool.has(tool)) byTool.set(tool, family);

/** The family that judges a tool, by its base name in lower case; undefined for a stranger. */
export function familyOf(tool: string): Family | undefined {
	return byTool.get(tool) ?? (tool.startsWith('mkfs.') ? fileFamily : undefined);
}

/** True for a program that some rule knows. */
export function isKnownTool(tool: string): boolean {
	return byTool.has(tool) || wrapperTools.has(tool);
}
