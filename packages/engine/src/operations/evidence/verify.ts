import { loadConfig } from '../../config/load-config.ts';
import { type BundleVerdict, judgeBundle } from '../../evidence/judge-bundle.ts';
import { readText } from '../../files/read-text.ts';
import { OperationError } from '../../operation-error.ts';
import type { OperationContext } from '../../ports.ts';

export interface VerifyInput {
	readonly file: string;
	/** Path of a configuration; its folder keeps the instance's key. Absent: the nearest one upwards. */
	readonly config?: string | undefined;
	/** Public key that it must be signed with: base64 of a SubjectPublicKeyInfo, or the path of a file that holds it (base64 or PEM). */
	readonly key?: string | undefined;
}

export interface VerifyReport {
	readonly file: string;
	readonly verdict: BundleVerdict;
}

/** Screenshots and HARs of a dozen pages fit; more than that is no bundle of ours. */
const limitBytes = 256 * 1024 * 1024;
const keyLimitBytes = 64 * 1024;

/**
 * Judges an evidence bundle: no network, no configuration, only the file and a key to compare with.
 * @throws OperationError `not_found`, `invalid` for a file that is no bundle, or a key that is none.
 */
export async function verifyEvidence(ctx: OperationContext, { file, key, config }: VerifyInput): Promise<VerifyReport> {
	const expected = key === undefined ? null : await readKey(ctx, key);
	const { text, shownPath } = await readText(ctx, file, { expected: 'an evidence bundle', limitBytes });
	const verdict = judgeBundle(text, { expected, known: await listOwnKeys(ctx, config) });
	if (verdict.kind === 'no-bundle') {
		throw new OperationError('invalid', `${shownPath} is no evidence bundle: ${verdict.reason}`, { hint: 'holdfast gather writes one.' });
	}
	return { file: shownPath, verdict };
}

/** Where a configuration lies, and where the command is given: `gather` without a configuration keeps its key there. */
async function listOwnKeys(ctx: OperationContext, config: string | undefined): Promise<readonly string[]> {
	const loaded = config === undefined ? await loadConfig(ctx, undefined).catch(() => null) : await loadConfig(ctx, config);
	const folders = [...new Set([ctx.directory, ...(loaded === null ? [] : [loaded.directory])])];
	const found = await Promise.all(folders.map((folder) => ctx.keys.find(folder).catch(() => null)));
	return found.flatMap((key) => (key === null ? [] : [key.publicKey]));
}

async function readKey(ctx: OperationContext, given: string): Promise<string> {
	const text = isKey(given) ? given : (await readText(ctx, given, { expected: 'a public key', limitBytes: keyLimitBytes })).text;
	const key = text.replace(/-----[^-]+-----/g, '').replace(/\s+/g, '');
	if (isKey(key)) return key;
	throw new OperationError('invalid', '--key: expected an Ed25519 public key (base64 of 44 bytes, or a file that holds it)', {
		hint: 'The first line of a bundle names the key that it says it is signed with: publicKey.',
	});
}

function isKey(text: string): boolean {
	return /^MCowBQYDK2Vw[A-Za-z0-9+/]{47}=$/.test(text);
}
