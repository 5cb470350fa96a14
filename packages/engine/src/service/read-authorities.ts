import { X509Certificate } from 'node:crypto';
import { readText } from '../files/read-text.ts';
import { OperationError } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';

const LIMIT_BYTES = 1024 * 1024;

/** Reads further certificate authorities in PEM form and proves that each can be parsed. @throws OperationError */
export async function readAuthorities(ctx: OperationContext, path: string): Promise<string> {
	const { text, shownPath } = await readText(ctx, path, { expected: 'certificates in PEM form', limitBytes: LIMIT_BYTES });
	if (text.includes('PRIVATE KEY-----')) {
		throw new OperationError('invalid', `${shownPath}: holds a private key; expected certificates only`, {
			hint: 'Keep the key out of this file.',
		});
	}
	const certificates = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
	if (certificates.length === 0) {
		throw new OperationError('invalid', `${shownPath}: expected certificates in PEM form, found none`, {
			hint: 'A certificate begins with -----BEGIN CERTIFICATE-----.',
		});
	}
	for (const [index, certificate] of certificates.entries()) {
		try {
			new X509Certificate(certificate);
		} catch (cause) {
			throw new OperationError('invalid', `${shownPath}: certificate ${index + 1} of ${certificates.length} cannot be read`, { cause });
		}
	}
	return certificates.join('\n');
}
