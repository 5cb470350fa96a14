import { commandOf, testRules } from '../fixtures/rule-cases.ts';
import { releaseRules } from './release.ts';

testRules(releaseRules, [
	['B51', 'step', 'Review recent changes', ['check: release.recent']],
	['B51', 'step', 'Identify commit hash', ['check: release.recent']],
	['B51', 'step', 'Recent deployments', ['check: release.recent'], { title: 'Gather Information' }],
	['B51', 'step', 'Recent deployments', []],
	['B52', 'step', 'Execute Rollback', ['action: release.rollback to=last-good']],
	['B52', 'step', 'Rollback (if recent deployment)', ['action: release.rollback to=last-good']],
	['B52', 'step', 'Roll back the database migration', []],
	['B52', 'step', 'Do not roll back without asking', []],
	['B52', 'step', 'Roll back', [], { commands: [commandOf('vercel rollback', { effect: 'write' })] }],
	['B53', 'step', 'Restart application', ['action: app.restart']],
	['B53', 'step', 'Restart the router', []],
	['B54', 'step', 'Clear cache', ['action: cache.purge']],
	['B54', 'step', 'Clear browser cache', []],
]);
