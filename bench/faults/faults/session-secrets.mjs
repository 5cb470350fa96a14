import { defineFaults } from '../fault.mjs';
import { sessionLost, signInFails, signInFailsAtTimes } from '../symptoms/symptoms.mjs';

/** The secret that seals sessions. */
export const sessionSecrets = defineFaults([
	{
		id: 'session-secret-missing',
		title: 'SESSION_SECRET is not set',
		symptom: signInFails,
		causes: ['sign-in/1'],
		also: ['load/1'],
		root: /^env\.(missing|empty)$/,
		make: (world) => world.restartApp({ SESSION_SECRET: null }),
	},
	{
		id: 'session-secret-short',
		title: 'SESSION_SECRET has 8 characters',
		symptom: signInFails,
		causes: ['sign-in/1'],
		also: ['load/1'],
		root: /^env\.too-short$/,
		make: (world) => world.restartApp({ SESSION_SECRET: 'k3Qz81xT' }),
	},
	{
		id: 'session-secret-31',
		title: 'SESSION_SECRET has 31 characters, one too few',
		symptom: signInFails,
		causes: ['sign-in/1'],
		also: ['load/1'],
		root: /^env\.too-short$/,
		make: (world) => world.restartApp({ SESSION_SECRET: 'k3Qz81xTk3Qz81xTk3Qz81xTk3Qz81x' }),
	},
	{
		id: 'session-secret-sample',
		title: 'SESSION_SECRET is the sample of a README',
		symptom: signInFails,
		causes: ['sign-in/1'],
		also: ['load/1'],
		root: /^env\.sample-value$/,
		make: (world) => world.restartApp({ SESSION_SECRET: 'your-secret-here-at-least-32-characters-long' }),
	},
	{
		id: 'session-secret-typo-in-name',
		title: 'the variable is called SESION_SECRET',
		symptom: signInFails,
		causes: ['sign-in/1'],
		also: ['load/1'],
		root: /^env\.(typo|missing)$/,
		make: (world) => world.restartApp({ SESSION_SECRET: null, SESION_SECRET: world.secrets.SESSION_SECRET ?? '' }),
	},
	{
		id: 'session-secret-differs',
		title: 'two instances run with different SESSION_SECRETs',
		symptom: signInFailsAtTimes,
		causes: ['sign-in/1'],
		root: /^env\.differs$/,
		make: (world) => world.startSecondApp({ SESSION_SECRET: world.makeSecret() }),
	},
	{
		id: 'session-secret-changed',
		title: 'SESSION_SECRET was changed at a restart, the one before was not kept',
		symptom: sessionLost,
		causes: ['sign-in/1'],
		root: /^env\.changed$/,
		make: async (world) => {
			// A change shows only to whoever saw what was there before.
			await world.diagnose(['--no-browser']);
			await world.restartApp({ SESSION_SECRET: world.makeSecret() });
		},
	},
]);
