import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { createTurns } from './turns.mjs';

// OWASP's smallest recommended cost for scrypt with r 8 and p 1 (2025): about 130 MB and 0.3 s, which is also what a guess costs.
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const KEY_BYTES = 32;

// One derivation at a time: each takes 130 MB, and a burst of sign-ins must not take the process down. With both lanes full, the last one
// waits for 30 derivations: about 10 s. New accounts have their own lane, so that they cannot keep people from signing in.
const turns = createTurns({ signIn: 20, register: 10 });

/**
 * Hashes a password: `scrypt$N$r$p$salt$key`, both in base64url. A script file, so that the world that seeds accounts hashes the same way.
 *
 * @param {string} password
 * @param {string | null} [who] The visitor, for a fair share of the turns; null when they cannot be told from others.
 * @returns {Promise<string>}
 * @throws {import('./turns.mjs').BusyError} When too many wait already.
 */
export async function hashPassword(password, who = null) {
	const salt = randomBytes(16);
	const key = await turns.run('register', who, () => derive(password, salt, cost));
	return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/**
 * True when the password belongs to the hash. Always takes the time of one derivation, also for hashes that cannot be read.
 *
 * @param {string} password
 * @param {string} hash
 * @param {string | null} [who] The visitor, for a fair share of the turns; null when they cannot be told from others.
 * @returns {Promise<boolean>}
 * @throws {import('./turns.mjs').BusyError} When too many wait already.
 */
export function isPasswordOf(password, hash, who = null) {
	return turns.run('signIn', who, () => compare(password, hash));
}

/**
 * @param {string} password
 * @param {string} hash
 * @returns {Promise<boolean>}
 */
async function compare(password, hash) {
	const [scheme, N, r, p, salt, key] = hash.split('$');
	const readable = scheme === 'scrypt' && [N, r, p].every((part) => /^\d{1,7}$/.test(part ?? '')) && Boolean(salt && key);
	if (!readable) {
		await derive(password, Buffer.alloc(16), cost);
		return false;
	}
	const wanted = Buffer.from(key ?? '', 'base64url');
	const got = await derive(password, Buffer.from(salt ?? '', 'base64url'), {
		N: Number(N),
		r: Number(r),
		p: Number(p),
		maxmem: cost.maxmem,
	});
	return wanted.length === KEY_BYTES && timingSafeEqual(got, wanted);
}

/**
 * @param {string} password
 * @param {Buffer} salt
 * @param {typeof cost} options
 * @returns {Promise<Buffer>}
 */
function derive(password, salt, options) {
	return new Promise((resolve, reject) => {
		scrypt(password, salt, KEY_BYTES, options, (error, key) => (error === null ? resolve(key) : reject(error)));
	});
}
