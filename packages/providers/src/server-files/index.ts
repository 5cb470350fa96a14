import type { ServerFilesPort } from '@holdfast/checks/vendors';
import { createBuildReader } from './read-build.ts';
import { readEnvironmentFile } from './read-environment-file.ts';
import { readLog } from './read-log.ts';
import { createSecurityLogReader } from './read-security-log.ts';

/** Files of an application that runs on this machine: its build, its log, its environment file. */
export function createServerFilesPort(): ServerFilesPort {
	return { readBuild: createBuildReader(), readLog, readSecurityLog: createSecurityLogReader(), readEnvironmentFile };
}
