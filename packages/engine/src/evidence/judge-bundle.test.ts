import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chain, type EvidenceItem, formatBundle, hashOf, nameKey } from './chain.ts';
import { judgeBundle } from './judge-bundle.ts';

function makeKey() {
	const { privateKey, publicKey } = generateKeyPairSync('ed25519');
	return {
		publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
		sign: (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64'),
	};
}

const at = '2026-11-24T03:12:00.000Z';
const own = makeKey();
const other = makeKey();
const items = (publicKey: string): readonly EvidenceItem[] => [
	{ kind: 'bundle', at, data: { format: 'holdfast-evidence', version: 1, service: 'shop', publicKey } },
	{ kind: 'report', at, data: { symptom: 'users cannot log in' } },
	{ kind: 'observation', at, data: { check: 'env.secret', state: 'fail', none: undefined } },
	{ kind: 'diagnosis', at, data: { roots: [] } },
];
const bundle = formatBundle(chain(items(own.publicKey)), own.publicKey, own.sign);
const lines = bundle.trimEnd().split('\n');
const join = (kept: readonly string[]) => `${kept.join('\n')}\n`;
const judge = (text: string, expected: string | null = null) => judgeBundle(text, { expected, known: [own.publicKey] });

describe('a bundle as it was sealed', () => {
	it('is unbroken and signed by the instance', () => {
		expect(judge(bundle)).toEqual({ kind: 'signed', signer: nameKey(own.publicKey), count: 4 });
		expect(judgeBundle(bundle, { expected: own.publicKey, known: [] })).toMatchObject({ kind: 'signed' });
	});

	it('is of an unknown signer elsewhere', () => {
		expect(judgeBundle(bundle, { expected: null, known: [other.publicKey] })).toMatchObject({ kind: 'signer-unknown' });
	});
});

describe('tampering is told apart', () => {
	it('a flipped byte, in any line', () => {
		for (const [index, line] of lines.entries()) {
			if (index === lines.length - 1) continue;
			const middle = Math.floor(line.length / 2);
			const flipped = line.slice(0, middle) + (line[middle] === 'x' ? 'y' : 'x') + line.slice(middle + 1);
			expect(judge(join(lines.with(index, flipped)))).toMatchObject({ kind: 'broken', damage: 'altered', entry: index });
		}
	});

	it('the first entry, removed or altered in what makes it a bundle', () => {
		expect(judge(join(lines.slice(1)))).toMatchObject({ kind: 'broken', damage: 'removed', entry: 0 });
		expect(judge(join(lines.with(0, (lines[0] ?? '').replace('holdfast-evidence', 'holdfast-evidencf'))))).toMatchObject({
			damage: 'altered',
			entry: 0,
		});
		expect(judge(join(lines.with(0, (lines[0] ?? '').replace('"version":1', '"version":2'))))).toMatchObject({
			damage: 'altered',
			entry: 0,
		});
	});

	it('white space that no value shows', () => {
		expect(judge(join(lines.with(1, `${lines[1]} `)))).toMatchObject({ damage: 'altered', entry: 1 });
	});

	it('a removed entry', () => {
		expect(judge(join(lines.toSpliced(2, 1)))).toMatchObject({ kind: 'broken', damage: 'removed', entry: 2, reason: 'entry 2 is missing' });
	});

	it('two entries in another order', () => {
		const [a = '', b = ''] = lines.slice(1, 3);
		expect(judge(join(lines.with(1, b).with(2, a)))).toMatchObject({ kind: 'broken', entry: 1 });
	});

	it('a cut tail, in the middle of a line, with the seal, and before the seal', () => {
		expect(judge(bundle.slice(0, -40))).toMatchObject({ kind: 'broken' });
		expect(judge(join(lines.slice(0, -1)))).toMatchObject({ damage: 'cut', entry: 4 });
		expect(judge(join(lines.toSpliced(3, 1)))).toMatchObject({ damage: 'cut', entry: 3 });
	});

	it('a chain that was computed anew without the key', () => {
		const changed = chain(items(own.publicKey).with(2, { kind: 'observation', at, data: { check: 'env.secret', state: 'ok' } }));
		const seal = JSON.parse(lines.at(-1) ?? '');
		const forged = join([...changed.map((entry) => JSON.stringify(entry)), JSON.stringify({ ...seal, head: changed.at(-1)?.hash })]);
		expect(judge(forged)).toMatchObject({ kind: 'broken', damage: 'recomputed' });
	});

	it('a swapped key: in the seal alone, and all through where the key is expected', () => {
		const seal = JSON.parse(lines.at(-1) ?? '');
		const forged = { ...seal, publicKey: other.publicKey, signature: other.sign(`holdfast-evidence/1\n${seal.count}\n${seal.head}\n`) };
		expect(judge(join(lines.with(-1, JSON.stringify(forged))))).toMatchObject({ kind: 'broken', damage: 'swapped' });
		const whole = formatBundle(chain(items(other.publicKey)), other.publicKey, other.sign);
		expect(judge(whole, own.publicKey)).toMatchObject({ kind: 'broken', damage: 'swapped' });
		expect(judge(whole)).toMatchObject({ kind: 'signer-unknown' });
	});
});

it.each(['', 'no bundle at all', '{"kind":"bundle"}\n', '[]\n'])('is no bundle: %j', (text) => {
	expect(judge(text)).toMatchObject({ kind: 'no-bundle' });
});

it('hashes what is read back', () => {
	const [entry] = chain([{ kind: 'x', at, data: { a: undefined, b: 1 } }]);
	const { hash, ...body } = JSON.parse(JSON.stringify(entry));
	expect(hash).toBe(hashOf(body));
});
