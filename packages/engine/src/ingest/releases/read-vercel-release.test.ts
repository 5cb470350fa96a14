import { describe, expect, it } from 'vitest';
import { readVercelRelease } from './read-vercel-release.ts';

const read = (value: unknown) => readVercelRelease(Buffer.from(JSON.stringify(value)), 5_000);
const COMMIT = '1eec8b61d2935418e04130e9cd2f8e4eb25dd96b';
const delivery = {
	id: 'uev_abc',
	type: 'deployment.promoted',
	createdAt: 1_795_855_209_000,
	region: 'sfo1',
	payload: {
		team: { id: 'team_1' },
		user: { id: 'user_1' },
		deployment: {
			id: 'dpl_1',
			url: 'shop-abc.vercel.app',
			name: 'shop',
			meta: { githubCommitSha: COMMIT, githubCommitRef: 'main', githubCommitMessage: 'a\nb' },
		},
		links: { deployment: 'https://vercel.com/x' },
		target: 'production',
		project: { id: 'prj_1' },
	},
};

it('reads a promotion as a release that is live', () => {
	expect(read(delivery)).toEqual({
		ok: true,
		notice: {
			id: 'uev_abc',
			version: COMMIT,
			event: 'live',
			at: 1_795_855_209_000,
			environment: 'production',
			commit: COMMIT,
			title: 'a',
			branch: 'main',
			url: 'https://shop-abc.vercel.app',
			deploymentId: 'dpl_1',
			from: 'vercel',
		},
	});
});

describe('the event', () => {
	it.each([
		['deployment.created', 'started'],
		['deployment.ready', 'built'],
		['deployment.succeeded', 'built'],
		['deployment.rollback', 'rolled-back'],
		['deployment.error', 'failed'],
		['deployment.canceled', 'cancelled'],
	])('%s is %s', (type, event) => {
		expect(read({ ...delivery, type })).toMatchObject({ notice: { event } });
	});
});

it('names the release by the deployment where there is no commit, and a preview as one', () => {
	const payload = { deployment: { id: 'dpl_2', url: null, meta: {} }, target: null };
	expect(read({ ...delivery, type: 'deployment.created', payload })).toMatchObject({
		notice: { version: 'dpl_2', commit: null, environment: 'preview', url: null },
	});
	expect(read({ ...delivery, payload })).toMatchObject({ notice: { environment: 'production' } });
});

it('keeps nothing of what is about something else, and refuses what is nothing', () => {
	expect(read({ ...delivery, type: 'project.created' })).toMatchObject({ ok: true, notice: null });
	expect(read({ ...delivery, type: 'constructor' })).toMatchObject({ ok: true, notice: null });
	expect(read({ ...delivery, payload: {} })).toMatchObject({ ok: false });
	expect(read([])).toMatchObject({ ok: false });
});
