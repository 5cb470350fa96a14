import { commandOf, issueAbout, testRules } from '../fixtures/rule-cases.ts';
import { signInRules } from './sign-in.ts';

testRules(signInRules, [
	['B17', 'symptom', 'Users cannot log in', ['check: auth.login']],
	['B17', 'symptom', 'Users log in twice', []],
	['B18', 'symptom', 'Session expires immediately', ['check: auth.session']],
	['B18', 'symptom', 'The session of parliament', []],
	['B19', 'symptom', 'Redirect loops', ['check: http.redirects']],
	['B19', 'symptom', 'ERR_TOO_MANY_REDIRECTS', ['check: http.redirects']],
	['B19', 'symptom', 'Redirect to the login page', []],
	['B20', 'step', 'Check CSRF endpoint: /api/csrf', ['check: http.csrf path=/api/csrf'], { paths: ['/api/csrf'] }],
	[
		'B20',
		'step',
		'Ask for a token',
		['check: http.csrf path=/csrf-token'],
		{ commands: [commandOf('curl https://your-domain.com/csrf-token')] },
	],
	['B20', 'cause', 'CSRF token issues', ['check: http.csrf path=/api/csrf'], { nearPaths: ['/api/csrf'] }],
	['B20', 'cause', 'CSRF token issues', ['check: http.csrf']],
	['B20', 'step', 'Verify CSRF_SECRET is set', []],
	['B21', 'cause', 'Cookie issues', ['check: http.cookies']],
	['B21', 'cause', 'Cookie issues', ['check: http.cookies', 'check: auth.session'], { issue: issueAbout('Authentication Not Working') }],
	['B21', 'cause', 'Cookie banner covers the button', []],
	['B22', 'step', 'Check network tab for failed requests', ['check: browser.console']],
	['B22', 'step', 'Look for authentication errors', ['check: browser.console'], { outer: ['Check Browser Console'] }],
	['B22', 'step', 'Check Browser Console', [], { leaf: false }],
	['B22', 'step', 'Look for authentication errors', [], { outer: ['Check the logs'] }],
]);
