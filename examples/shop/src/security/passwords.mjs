import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

// OWASP's smallest recommended cost for scrypt with r 8 and p 1 (2025): about 130 MB and 0.3 s, which is also what a guess costs.
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const KEY_BYTES = 32;

/**
 * Hashes a password: `scrypt$N$r$p$salt$key`, both in base64url. A script file, so that the world that seeds accounts hashes the same way.
 *
 * @param {string} password
 * @returns {Promise<string>}
 */
export async function hashPassword(password) {
	const salt = randomBytes(16);
	const key = await derive(password, salt, cost);
	return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/**
 * True when the password belongs to the hash. Always takes the time of one derivation, also for hashes that cannot be read.
 *
 * @param {string} password
 * @param {string} hash
 * @returns {Promise<boolean>}
 */
export async function isPasswordOf(password, hash) {
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

/** One derivation at a time: each takes 130 MB, and a burst of sign-ins must not take the process down. @type {Promise<unknown>} */
let queue = Promise.resolve();

/**
 * @param {string} password
 * @param {Buffer} salt
 * @param {typeof cost} options
 * @returns {Promise<Buffer>}
 */
function derive(password, salt, options) {
	const turn = queue.then(
		() =>
			/** @type {Promise<Buffer>} */ (
				new Promise((resolve, reject) => {
					scrypt(password, salt, KEY_BYTES, options, (error, key) => (error === null ? resolve(key) : reject(error)));
				})
			),
	);
	queue = turn.catch(() => {});
	return turn;
}
