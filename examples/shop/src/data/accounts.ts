import { randomUUID } from 'node:crypto';
import { jsonFile } from './json-file.ts';
import { hashPassword, isPasswordOf } from './passwords.ts';

export interface Account {
	readonly id: string;
	readonly email: string;
	readonly name: string;
	readonly passwordHash: string;
	readonly disabled: boolean;
}

const accountsFile = jsonFile<readonly Account[]>('accounts.json', [], isAccounts);

/** The account of an e-mail address and password, or null. Takes as long for an unknown address as for a wrong password. */
export async function authenticate(email: string, password: string): Promise<Account | null> {
	const account = (await accountsFile.read()).find((candidate) => candidate.email === normalizeEmail(email));
	const fits = await isPasswordOf(password, account?.passwordHash ?? '');
	return fits && account !== undefined && !account.disabled ? account : null;
}

/** The account of a session; null when it is gone or disabled. */
export async function findAccount(id: string): Promise<Account | null> {
	const account = (await accountsFile.read()).find((candidate) => candidate.id === id);
	return account === undefined || account.disabled ? null : account;
}

/** Makes the account, or gives the existing one this password. Does nothing when it has it already. */
export async function ensureAccount(email: string, name: string, password: string): Promise<'made' | 'changed' | 'kept'> {
	const address = normalizeEmail(email);
	const existing = (await accountsFile.read()).find((account) => account.email === address);
	if (existing !== undefined && (await isPasswordOf(password, existing.passwordHash))) return 'kept';
	const passwordHash = await hashPassword(password);
	return accountsFile.update((accounts) => {
		const others = accounts.filter((account) => account.email !== address);
		const before = accounts.find((account) => account.email === address);
		const account: Account =
			before === undefined ? { id: randomUUID(), email: address, name, passwordHash, disabled: false } : { ...before, passwordHash };
		return { content: [...others, account], result: before === undefined ? ('made' as const) : ('changed' as const) };
	});
}

/** Addresses are compared without case and white space around them. */
export function normalizeEmail(email: string): string {
	return email.trim().toLowerCase();
}

function isAccounts(content: unknown): content is readonly Account[] {
	return Array.isArray(content) && content.every(isAccount);
}

function isAccount(content: unknown): content is Account {
	if (typeof content !== 'object' || content === null) return false;
	const { id, email, name, passwordHash, disabled } = content as Record<string, unknown>;
	return [id, email, name, passwordHash].every((text) => typeof text === 'string' && text !== '') && typeof disabled === 'boolean';
}
