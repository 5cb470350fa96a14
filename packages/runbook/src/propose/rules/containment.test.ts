import { commandOf, testRules } from '../fixtures/rule-cases.ts';
import { containmentRules } from './containment.ts';

testRules(containmentRules, [
	['B55', 'step', 'Disable affected accounts', ['action: account.disable']],
	['B55', 'step', 'Revoke all active sessions', ['action: session.revoke']],
	['B55', 'step', 'Review affected accounts', []],
	['B56', 'step', 'Revoke compromised secrets', ['action: secret.revoke']],
	['B56', 'step', 'Rotate all secrets', ['action: secret.rotate']],
	['B56', 'step', 'Rotate SESSION_SECRET', ['action: secret.rotate name=SESSION_SECRET']],
	['B56', 'step', 'Rotate the logs', []],
	['B57', 'step', 'Enable maintenance mode', ['action: app.maintenance mode=on']],
	['B57', 'step', 'Turn off maintenance mode', ['action: app.maintenance mode=off']],
	['B57', 'step', 'Prevent further data loss', ['action: app.maintenance mode=on'], { title: 'Data Loss' }],
	['B57', 'step', 'Isolate affected systems', ['action: app.isolate']],
	['B57', 'step', 'Schedule maintenance', []],
	['B58', 'step', 'Send incident notification', ['action: notify.send']],
	['B58', 'step', 'Send incident notification', [], { commands: [commandOf('mail -s x')] }],
	['B59', 'contact', 'On-call', ['~action: notify.send to=On-call'], { links: [{ label: 'email', url: 'oncall@shop.example' }] }],
	['B59', 'contact', 'On-call', []],
]);
