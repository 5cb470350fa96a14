import { testRules } from '../fixtures/rule-cases.ts';
import { environmentRules } from './environment.ts';

testRules(environmentRules, [
	['B23', 'step', 'Verify SESSION_SECRET is set and at least 32 characters', ['check: env.secret name=SESSION_SECRET min=32']],
	['B23', 'step', 'Check NEXT_PUBLIC_CONVEX_URL is set', ['check: env.present name=NEXT_PUBLIC_CONVEX_URL']],
	['B23', 'step', 'Check NEXT_PUBLIC_MAP_KEY is set', ['check: env.present name=NEXT_PUBLIC_MAP_KEY']],
	['B23', 'step', 'If it fails, check SMTP_PASSWORD is set', ['~check: env.secret name=SMTP_PASSWORD']],
	['B23', 'step', 'Look for ERR_TOO_MANY_REDIRECTS, which is set there', []],
	['B23', 'step', 'Check SESSION_SECRET_PREVIOUS is set', []],
	['B23', 'step', 'Copy SESSION_SECRET from the vault', []],
	[
		'B24',
		'cause',
		'Environment variables not set correctly',
		['check: env.present name=NEXT_PUBLIC_CONVEX_URL', 'check: env.required', 'check: env.format', 'check: env.typo'],
		{ nearEnvs: ['NEXT_PUBLIC_CONVEX_URL', 'SESSION_SECRET'] },
	],
	['B24', 'step', 'Verify all required secrets are present', ['check: env.required']],
	['B24', 'step', 'Check for typos in variable names', ['check: env.typo']],
	['B24', 'step', 'Environment variables (values hidden)', ['check: env.required'], { title: 'Gather Information' }],
	['B24', 'step', 'Environment variables (values hidden)', []],
	['B24', 'step', 'Check for typos in the announcement', []],
	[
		'B25',
		'cause',
		'Session secret misconfigured',
		['check: env.secret name=SESSION_SECRET', 'check: env.changed name=SESSION_SECRET'],
		{ nearEnvs: ['SESSION_SECRET', 'CSRF_SECRET'] },
	],
	['B25', 'cause', 'CSRF token issues', ['check: env.secret name=CSRF_SECRET'], { nearEnvs: ['SESSION_SECRET', 'CSRF_SECRET'] }],
	['B25', 'cause', 'Session secret misconfigured', [], { nearEnvs: ['DATABASE_URL'] }],
	['B26', 'step', 'Check if secret was changed recently', ['check: env.changed name=SESSION_SECRET'], { nearEnvs: ['SESSION_SECRET'] }],
	[
		'B26',
		'cause',
		'The session secret was changed',
		['check: env.changed name=SESSION_SECRET'],
		{ nearEnvs: ['SESSION_SECRET', 'SESSION_SECRET_PREVIOUS', 'CSRF_SECRET'] },
	],
	[
		'B26',
		'step',
		'See whether SESSION_SECRET was changed and SESSION_SECRET_PREVIOUS holds the one before',
		['check: env.changed name=SESSION_SECRET'],
	],
	['B26', 'step', 'Rotate all secrets changed last year', [], { nearEnvs: ['SESSION_SECRET'] }],
]);
