import { Secret } from '@holdfast/checks/secret';
import { expect, it } from 'vitest';
import { createConvexPort } from './index.ts';

const never = new AbortController().signal;
const target = { url: 'https://calm-otter-1.convex.cloud', adminKey: new Secret('prod:calm-otter-1|fixture') };
const item = (createTime: number, action: string) => ({
	actor: { kind: 'member', member: { id: 7, name: 'Ada' } },
	action,
	createTime,
	metadata: { x: 1 },
});

function portWith(answer: (url: URL) => unknown) {
	return createConvexPort({
		fetch: async (input) => new Response(JSON.stringify(answer(new URL(input)))),
		tick: () => 0,
		timeoutMs: 1000,
		now: () => 0,
	});
}

it('reads page by page, oldest first, and leaves out who and what', async () => {
	const asked: string[] = [];
	const port = portWith(({ pathname, searchParams }) => {
		asked.push(`${pathname} ${searchParams.get('from') ?? ''} ${searchParams.get('cursor') ?? '-'}`);
		return searchParams.has('cursor')
			? { items: [item(2000, 'pause_deployment')], pagination: { hasMore: false, nextCursor: null } }
			: { items: [item(3000, 'snapshot_import'), item(500, 'too_old')], pagination: { hasMore: true, nextCursor: 'next' } };
	});
	expect(await port.readAuditLog(target, 1000, never)).toEqual({
		kind: 'answer',
		value: {
			complete: true,
			events: [
				{ at: '1970-01-01T00:00:02.000Z', action: 'pause_deployment', actor: 'member' },
				{ at: '1970-01-01T00:00:03.000Z', action: 'snapshot_import', actor: 'member' },
			],
		},
	});
	expect(asked).toEqual(['/api/v1/list_audit_log_events 1000 -', '/api/v1/list_audit_log_events 1000 next']);
});

it('ends after five hundred, and where the cursor does not move', async () => {
	let page = 0;
	const endless = portWith(() => ({
		items: Array.from({ length: 100 }, () => item(2000, 'x')),
		pagination: { hasMore: true, nextCursor: String(page++) },
	}));
	expect(await endless.readAuditLog(target, 0, never)).toMatchObject({
		value: { complete: false, events: expect.objectContaining({ length: 500 }) },
	});
	const stuck = portWith(() => ({ items: [], pagination: { hasMore: true, nextCursor: 'same' } }));
	expect((await stuck.readAuditLog(target, 0, never)).kind).toBe('answer');
});

it('needs a key and a body of its kind', async () => {
	expect(await portWith(() => ({})).readAuditLog(target, 0, never)).toMatchObject({ kind: 'no-answer', code: 'bad-response' });
	expect(await portWith(() => ({})).readAuditLog({ url: target.url }, 0, never)).toMatchObject({ code: 'not-configured' });
});
