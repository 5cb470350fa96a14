import { stringify } from 'yaml';

export interface ConfigDraft {
	readonly name: string;
	readonly url: string;
	/** From the configuration's folder. */
	readonly runbook: string;
	readonly private: boolean;
	readonly convexUrl: string | null;
}

/** The first `holdfast.yaml` of a team: what was found and nothing else. */
export function writeConfig({ name, url, runbook, private: isPrivate, convexUrl }: ConfigDraft): string {
	const service = {
		url,
		runbook,
		...(isPrivate ? { private: true } : {}),
		...(convexUrl === null ? {} : { convex: { url: convexUrl } }),
	};
	return `# What Holdfast looks after. Secrets never stand here: {env: NAME} or {file: PATH}.\n${stringify({ version: 1, services: { [name]: service } })}`;
}
