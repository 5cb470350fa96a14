import { commandOf, testRules } from '../fixtures/rule-cases.ts';
import { securityRules } from './security.ts';

testRules(securityRules, [
	['B35', 'item', 'SSL certificate valid', ['check: tls.certificate']],
	['B35', 'item', 'TLS certificate has more than 30 days left', ['check: tls.certificate warn=30']],
	['B35', 'step', 'Look at it', ['~check: tls.certificate'], { commands: [commandOf('openssl s_client -connect shop.example.org:443')] }],
	['B35', 'step', 'Renew the TLS certificate', []],
	['B36', 'item', 'Security headers present', ['check: http.security-headers']],
	['B36', 'step', 'Add security headers', []],
	['B37', 'step', 'Optimize caching', ['check: http.caching']],
	['B37', 'step', 'Enable CDN if available', ['~check: http.cdn']],
	['B37', 'step', 'Purge the CDN', []],
	['B38', 'item', 'Check for dependency updates', ['check: deps.outdated']],
	['B38', 'item', 'No security alerts', ['check: deps.audit']],
	['B38', 'item', 'Documentation updates', []],
	['B39', 'item', 'No unauthorized access', ['check: security.log']],
	['B39', 'step', 'What data was exposed?', ['check: security.log'], { title: 'Security Incident' }],
	['B39', 'criterion', 'Security issues', ['~check: security.log']],
	['B39', 'step', 'What data was exposed?', [], { title: 'Exhibition' }],
	[
		'B40',
		'item',
		'Security audit',
		['check: security.audit', '~check: http.security-headers', '~check: tls.certificate', '~check: deps.audit'],
	],
	['B40', 'item', 'Security guards on duty', []],
]);
