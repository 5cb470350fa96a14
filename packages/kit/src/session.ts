/** Sessions in a sealed cookie, with two keys in rotation and idle and absolute timeouts. */
export {
	createSessions,
	type SessionProblem,
	type SessionReading,
	type Sessions,
	type SessionsOptions,
	type SignInResult,
} from './session/create-sessions.ts';
export type { Session } from './session/seal-session.ts';
