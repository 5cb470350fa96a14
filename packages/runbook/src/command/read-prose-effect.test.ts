import { describe, expect, test } from 'vitest';
import { readProseEffect } from './read-prose-effect.ts';

const changesOf = (text: string) => readProseEffect(text).changes;

describe('E28: imperatives that change', () => {
	test.each([
		'Delete the old index',
		'Drop the replica slot',
		'Remove the node',
		'Destroy the stack',
		'Terminate the instance',
		'Purge the cache',
		'Wipe the disk',
		'**Delete** the row',
		'If it is stuck, delete the lock file',
		'Check the pod and delete it',
	])('destructive: %s', (text) => expect(changesOf(text)).toBe('destructive'));
	test.each([
		'Kill the query',
		'Revoke compromised secrets',
		'Disable affected accounts',
		'Shut down the worker',
		'Shutdown the worker',
		'Power off the host',
		'Stop all operations',
		'Stop All Operations:',
		'Rotate all secrets',
		'Restore from backup if available',
		'Rename the table',
		'Restart application',
		'Redeploy the app',
		're-deploy',
		'Rollback deployment',
		'Roll back to the last release',
		'**Rollback** (if recent deployment):',
		'Promote the replica',
		'Fail over to the standby',
		'Scale Resources',
		'Clear cache',
		'Deploy to production',
		'Patch vulnerabilities',
		'Isolate affected systems',
		'Then restart the proxy',
		'You should restart it',
		'Please restart it',
	])('write: %s', (text) => expect(changesOf(text)).toBe('write'));
});

describe('E29: what is no change', () => {
	test.each([
		'Restart policy',
		'Restart loops',
		'Restart count above 5',
		'Rollback procedure',
		'Rollback steps',
		'Drop in traffic',
		'Kill switch',
		'format of the user id',
		'Scale factor',
		'The service was restarted',
		'Was the deployment rolled back?',
		'Deleted rows',
		'Redeploys are frequent',
		'Check Sentry for errors',
		'Review recent changes',
		'Update status page if available',
		'Update the incident channel',
		'Update procedures',
		'Document recovery process',
		'Notify stakeholders',
		'Backup verification',
		'Disaster recovery drill',
		'Verify rollback',
		'Application not loading',
	])('%s', (text) => expect(changesOf(text)).toBe('none'));
});

describe('E30: warnings and guards', () => {
	test.each([
		'Do NOT delete the volume',
		"Don't restart the primary",
		'Never drop this table',
		'Do not delete or rename it',
		'⚠️ Do not restart',
	])('a prohibition warns and changes nothing: %s', (text) => {
		expect(readProseEffect(text)).toMatchObject({ changes: 'none', warns: true });
	});
	test.each([
		'Restart only if the queue is empty',
		'Delete it unless it is the primary',
		'As a last resort, restart the database',
		'Run this in non-production first',
		'This path is not tested',
	])('a guard: %s', (text) => {
		expect(readProseEffect(text)).toMatchObject({ warns: true, guard: true });
	});
	test('a guarded change stays a change', () => {
		expect(readProseEffect('Restart only if the queue is empty').changes).toBe('write');
	});
});
