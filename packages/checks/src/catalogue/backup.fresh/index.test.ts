import { expect, it } from 'vitest';
import { makeService, runCheck } from '../../fixtures/check-service.ts';

it('knows of no backup, and says how one is made meanwhile', async () => {
	expect(await runCheck('backup.fresh', makeService('http://127.0.0.1:9'))).toMatchObject({
		state: 'unknown',
		applicable: true,
		reason: expect.stringContaining('No backups are configured'),
		enable: expect.stringContaining('by hand'),
	});
	const convex = makeService('http://127.0.0.1:9', { convexUrl: 'https://calm-otter-123.convex.cloud' });
	expect((await runCheck('backup.fresh', convex)).enable).toContain('npx convex export');
});
