import { type Fields, readFields, readText, readTime } from '../values/field.ts';
import { readJson } from '../values/json.ts';
import { readAddress, readCommit, readFirstLine } from './read-release.ts';
import type { ReleaseEvent, ReleaseReading } from './release-notice.ts';

/** https://vercel.com/docs/webhooks/webhooks-api#supported-event-types: a promotion gives the production domains to a deployment. */
const EVENTS: Readonly<Record<string, ReleaseEvent>> = {
	'deployment.created': 'started',
	'deployment.ready': 'built',
	'deployment.succeeded': 'built',
	'deployment.promoted': 'live',
	'deployment.rollback': 'rolled-back',
	'deployment.error': 'failed',
	'deployment.canceled': 'cancelled',
};

/**
 * Reads a webhook of Vercel about a deployment: `{type, id, createdAt, payload: {deployment: {id, url, name, meta}, target, …}}`. The version is the commit, as
 * `@holdfast/kit` names the release as well, else the deployment. Other events are well formed and no release. Never throws.
 */
export function readVercelRelease(body: Uint8Array, receivedAt: number): ReleaseReading {
	const json = readJson(body);
	const delivery = json.ok ? readFields(json.value) : null;
	const type = readText(delivery?.type, 100);
	if (delivery === null || type === null) return { ok: false, detail: 'expected a webhook of Vercel with a type, got something else' };
	const event = Object.hasOwn(EVENTS, type) ? EVENTS[type] : undefined;
	if (event === undefined) return { ok: true, notice: null, detail: 'not about a deployment: nothing is kept of it' };
	const payload = readFields(delivery.payload);
	const deployment = readFields(payload?.deployment);
	const deploymentId = readText(deployment?.id ?? payload?.deploymentId, 128);
	if (payload === null || deploymentId === null) return { ok: false, detail: `expected ${type} with payload.deployment.id, got none` };
	const meta = readFields(deployment?.meta) ?? {};
	const commit = readMeta(meta, 'CommitSha', readCommit);
	return {
		ok: true,
		notice: {
			id: readText(delivery.id, 128) ?? `${type}:${deploymentId}`,
			version: commit ?? deploymentId,
			event,
			at: readMillis(delivery.createdAt) ?? receivedAt,
			// Promotions and rollbacks are of production, whether they say so or not.
			environment: readText(payload.target, 64) ?? (event === 'live' || event === 'rolled-back' ? 'production' : 'preview'),
			commit,
			title: readMeta(meta, 'CommitMessage', readFirstLine),
			branch: readMeta(meta, 'CommitRef', (value) => readText(value, 200)),
			url: readAddress(deployment?.url ?? payload.url),
			deploymentId,
			from: 'vercel',
		},
	};
}

/** `githubCommitSha`, `gitlabCommitSha`, `bitbucketCommitSha`. */
function readMeta<T>(meta: Fields, name: string, read: (value: unknown) => T | null): T | null {
	for (const host of ['github', 'gitlab', 'bitbucket']) {
		const value = read(meta[host + name]);
		if (value !== null) return value;
	}
	return null;
}

/** Milliseconds in webhooks, ISO 8601 in their description. */
function readMillis(value: unknown): number | null {
	return readTime(typeof value === 'number' ? value / 1000 : value);
}
