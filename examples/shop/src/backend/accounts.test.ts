import { beforeEach, expect, it, vi } from 'vitest';
import { registerAccount } from './accounts.ts';

const backend = vi.hoisted(() => ({ query: vi.fn(), mutate: vi.fn() }));
const passwords = vi.hoisted(() => ({ hashPassword: vi.fn(), isPasswordOf: vi.fn() }));
vi.mock('./ask-backend.ts', () => backend);
vi.mock('../security/passwords.mjs', () => passwords);
beforeEach(() => {
	backend.query.mockReset().mockResolvedValue(null);
	backend.mutate.mockReset().mockResolvedValue('u1');
	passwords.hashPassword.mockReset().mockResolvedValue('scrypt$x');
});

const account = { email: ' Ada@shop.example', name: 'Ada', password: 'brass and rope' };

it('hashes no password for an address that has an account', async () => {
	backend.query.mockResolvedValue({ id: 'u0' });
	await expect(registerAccount(account, null)).rejects.toMatchObject({ name: 'RefusedError', code: 'taken' });
	expect(passwords.hashPassword).not.toHaveBeenCalled();
	expect(backend.mutate).not.toHaveBeenCalled();
});

it('makes an account under the normalized address, in the turn of its visitor', async () => {
	expect(await registerAccount(account, '203.0.113.7')).toEqual({ id: 'u1', email: 'ada@shop.example', name: 'Ada' });
	expect(passwords.hashPassword).toHaveBeenCalledWith('brass and rope', '203.0.113.7');
	expect(backend.mutate.mock.calls[0]?.[1]).toEqual({ email: 'ada@shop.example', name: 'Ada', passwordHash: 'scrypt$x' });
});
