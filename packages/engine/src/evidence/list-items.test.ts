import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { DiagnosisReport } from '../operations/diagnosis/diagnose.ts';
import { listItems } from './list-items.ts';
import { createMask } from './mask-secrets.ts';

const secret = 'k3Qz81xTpM4w<  >L0vB7cD2';

/** A report of one check that attached two files. */
function reportWith(attachments: readonly { name: string; mediaType: string; content: Uint8Array }[]): DiagnosisReport {
	const observation = { key: 'browser.console', check: 'browser.console', startedAt: '2026-11-24T03:12:00.000Z', facts: [], attachments };
	return {
		diagnosis: { startedAt: observation.startedAt, observations: [observation] },
		service: { url: 'http://x' },
	} as unknown as DiagnosisReport;
}

it('masks an attachment that is text before it is hashed, and leaves a picture as it is', () => {
	const picture = new Uint8Array([137, 80, 78, 71]);
	const report = reportWith([
		{ name: 'walk.har', mediaType: 'application/json', content: new TextEncoder().encode(JSON.stringify({ said: `x${secret}` })) },
		{ name: 'screenshot.png', mediaType: 'image/png', content: picture },
	]);
	const person = { symptom: null, when: null, actions: null };
	const gathered = { report, person, log: { tail: null, reason: null }, variables: null, publicKey: 'k', version: '0' };
	const files = listItems(gathered, createMask([secret])).flatMap(({ kind, data }) =>
		kind === 'attachment' ? [data as { base64: string; sha256: string }] : [],
	);
	const bytes = files.map(({ base64 }) => Buffer.from(base64, 'base64'));
	expect(bytes[0]?.toString()).toBe('{"said":"x[redacted]"}');
	expect(bytes[1]).toEqual(Buffer.from(picture));
	expect(files.map(({ sha256 }) => sha256)).toEqual(bytes.map((content) => createHash('sha256').update(content).digest('hex')));
});
