import { identify } from '../http/identify.mjs';
import { asIdentity, readAdmin } from '../http/read-request.mjs';
import { Refusal } from '../refusal.mjs';

/** @import { RawData } from 'ws' */
/** @import { Deployment } from '../deployment.d.ts' */
/** @import { Answer, Caller } from '../functions/functions.d.ts' */
/** @import { AuthenticateFrame, ClientFrame } from './protocol.d.ts' */

/** @param {RawData} data @returns {ClientFrame} @throws {Refusal} 400 */
export function readFrame(data) {
	try {
		return JSON.parse(/** @type {Buffer} */ (data).toString('utf8'));
	} catch {
		throw new Refusal(400, 'BadJsonBody', 'The frame is not JSON.');
	}
}

/** @param {number} base @param {number} known @param {string} what @throws {Refusal} 400 */
export function mustContinue(base, known, what) {
	if (base !== known)
		throw new Refusal(400, 'BaseVersionMismatch', `Base version ${base} passed up doesn't match the current ${what} version ${known}`);
}

/** @param {Deployment} deployment @param {AuthenticateFrame} frame @returns {Promise<Caller>} */
export async function callerOf(deployment, { tokenType, value = '', impersonating }) {
	if (tokenType === 'Admin') {
		const { admin, identity } = readAdmin(deployment, value);
		return { admin, identity: identity ?? asIdentity(impersonating) };
	}
	return tokenType === 'User' ? { admin: false, identity: await identify(value, await deployment.providers()) } : { admin: false };
}

/** @param {Answer} answer */
export function resultOf(answer) {
	const { logLines } = answer;
	if (answer.status === 'success') return { success: true, result: answer.value, logLines };
	return { success: false, result: answer.errorMessage, logLines, ...('errorData' in answer ? { errorData: answer.errorData } : {}) };
}

/** Base64 of a little-endian 64-bit number. @param {number} value */
export function encodeTime(value) {
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64LE(BigInt(value));
	return bytes.toString('base64');
}
