/** Which names of headers, parameters and fields stand before a secret. */

/** Give a secret away wherever in a name they stand: `x-amz-security-token`, `SESSION_SECRET`, `dbPassword`. */
const telling =
	/token|secret|passw|pwd|api[-_]?key|adminkey|access[-_]?key|private[-_]?key|signature|credential|authorization|cookie|bearer|jwt/i;

/** Do so only as a word of their own: `sessionId` and `auth`, but not `author`. */
const words = new Set([
	'pass',
	'passphrase',
	'session',
	'sessid',
	'sessionid',
	'sid',
	'auth',
	'oauth',
	'dsn',
	'otp',
	'sig',
	'csrf',
	'xsrf',
]);

/** Whether the name alone says that a secret follows, also in a sentence. */
export function isTellingName(name: string): boolean {
	return telling.test(name);
}

/** The same where only machines write: fields of JSON, parameters of URLs. */
export function isSecretName(name: string): boolean {
	return isTellingName(name) || splitWords(name).some((word) => words.has(word) || word.endsWith('sessid'));
}

function splitWords(name: string): readonly string[] {
	return name
		.replace(/([a-z0-9])([A-Z])/g, '$1-$2')
		.toLowerCase()
		.split(/[^a-z0-9]+/);
}
