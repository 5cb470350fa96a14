import { api } from '../../convex/_generated/api.js';
import type { Id } from '../../convex/_generated/dataModel.d.ts';
import { hashPassword, isPasswordOf } from '../security/passwords.mjs';
import { mutate, query } from './ask-backend.ts';
import { RefusedError } from './backend-error.ts';

export interface Account {
	readonly id: string;
	readonly email: string;
	readonly name: string;
	/** An account of monitoring, without rights. */
	readonly synthetic: boolean;
}

/** Who holds this session; null when it was ended, or the account is gone or disabled. */
export function findAccount(session: { sub: string; sid: string }): Promise<Account | null> {
	return query(api.accounts.me, {}, { userId: session.sub, sid: session.sid });
}

/** An account whose owner has just proved to be it. */
export interface Proved {
	readonly id: string;
	readonly email: string;
	readonly name: string;
}

/**
 * The account of an e-mail address and password, or null. Takes as long for an unknown address as for a wrong password. `who` is the visitor, for
 * a fair share of the turns. Rejects with BusyError when too many wait already.
 */
export async function authenticate(email: string, password: string, who: string | null): Promise<Proved | null> {
	const account = await query(api.accounts.forSignIn, { email: normalizeEmail(email) }, 'server');
	const fits = await isPasswordOf(password, account?.passwordHash ?? '', who);
	return fits && account !== null && !account.disabled ? { id: account.id, email: account.email, name: account.name } : null;
}

/**
 * Makes an account. Rejects with RefusedError `taken` when the address has one, before anything slow is done for it, and with BusyError when too
 * many wait already.
 */
export async function registerAccount(account: { email: string; name: string; password: string }, who: string | null): Promise<Proved> {
	const { name, password } = account;
	const email = normalizeEmail(account.email);
	const existing = await query(api.accounts.forSignIn, { email }, 'server');
	if (existing !== null) throw new RefusedError('taken', 'This e-mail address has an account already.');
	// The function refuses `taken` too: the address may be taken while the password is being hashed.
	const id = await mutate(api.accounts.register, { email, name, passwordHash: await hashPassword(password, who) }, 'server');
	return { id, email, name };
}

/** Tells Convex of a session that begins. `expiresAt` in milliseconds since the epoch. */
export async function beginSession(session: { sub: string; sid: string }, expiresAt: number): Promise<void> {
	await mutate(api.sessions.begin, { userId: session.sub as Id<'users'>, sid: session.sid, expiresAt }, 'server');
}

/** Ends a session: its cookie and its tokens are worth nothing afterwards. */
export async function endSession(session: { sub: string; sid: string }): Promise<void> {
	await mutate(api.sessions.end, {}, { userId: session.sub, sid: session.sid });
}

/** Addresses are compared without case and white space around them. */
export function normalizeEmail(email: string): string {
	return email.trim().toLowerCase();
}
