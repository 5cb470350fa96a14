import { describe, expect, test } from 'vitest';
import { readInlineCode } from './read-inline-code.ts';

describe('X12: inline code', () => {
	test.each([
		'npm run build',
		'curl https://shop.test/api/health',
		'kubectl get pods',
		'df -h',
		'git log --oneline -10',
		'./scripts/fix.sh',
		'scripts/backup.sh --now',
		'docker compose ps',
		'systemctl restart nginx',
		'$ npm test',
		'vercel ls',
		'kill -9 4242',
		'psql -c "SELECT 1"',
		'npx convex deploy',
	])('a command: %s', (text) => {
		expect(readInlineCode(text, 7)).toMatchObject({ line: 7, kind: 'shell' });
	});
	test.each([
		'kill -9',
		'npm',
		'curl',
		'/api/health',
		'SESSION_SECRET',
		'NEXT_PUBLIC_CONVEX_URL',
		'{"status":"ok"}',
		'main',
		'src/app.ts',
		'next.config.js',
		'status',
		'true',
		'host',
		'find the error',
		'time to live',
		'make sure',
		'SELECT 1',
		'package.json',
		'etcd_mvcc_db_total_size_in_bytes',
		'deploy.sh',
		'GET /api/health',
		'application/json',
		'node',
		'200',
		'',
		' ',
	])('none: %s', (text) => expect(readInlineCode(text, 1)).toBeNull());

	test('an elision makes it a template that is refused', () => {
		expect(readInlineCode('cf login -a url …', 1)).toMatchObject({ kind: 'template', refused: expect.stringContaining('…') });
	});
});
