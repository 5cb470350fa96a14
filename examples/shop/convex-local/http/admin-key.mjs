import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** The key kept in a file of mode 0600, made on the first start. @param {string} file @param {string} name */
export function ownAdminKey(file, name) {
	if (!existsSync(file)) writeFileSync(file, `${name}|${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
	return readFileSync(file, 'utf8').trim();
}

/** @param {string} given @param {string} key */
export function isSameKey(given, key) {
	const [left, right] = [Buffer.from(given.trim()), Buffer.from(key)];
	return left.length === right.length && timingSafeEqual(left, right);
}
