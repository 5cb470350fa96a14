import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENVELOPE_LIMITS } from './envelope-limits.ts';
import { parseEnvelope, peekDsn } from './parse-envelope.ts';

const ID = '9ec79c33ec9942ab8353589fcb2e04dc';
const read = (text: string | Buffer) => parseEnvelope(Buffer.from(text));
const items = (text: string | Buffer) => {
	const parsed = read(text);
	if (!parsed.ok) throw new Error(parsed.problem.detail);
	return parsed.envelope.items.map(({ type, payload }) => [type, payload.toString('latin1')]);
};

describe('the examples of the description', () => {
	const head = `{"event_id":"${ID}","dsn":"https://e12d836b15bb49d7bbf99e64295d995b:@sentry.io/42"}\n`;
	const attachment = '{"type":"attachment","length":10,"content_type":"text/plain","filename":"hello.txt"}\n\xef\xbb\xbfHello\r\n\n';
	const event =
		'{"type":"event","length":41,"content_type":"application/json","filename":"application.log"}\n{"message":"hello world","level":"error"}';
	const two = [
		['attachment', '\xef\xbb\xbfHello\r\n'],
		['event', '{"message":"hello world","level":"error"}'],
	];

	it.each([
		['two items', Buffer.from(`${head}${attachment}${event}\n`, 'latin1'), two],
		['two items, last newline omitted', Buffer.from(`${head}${attachment}${event}`, 'latin1'), two],
		[
			'two empty attachments',
			`{"event_id":"${ID}"}\n{"type":"attachment","length":0}\n\n{"type":"attachment","length":0}\n\n`,
			[
				['attachment', ''],
				['attachment', ''],
			],
		],
		[
			'two empty attachments, last newline omitted',
			`{"event_id":"${ID}"}\n{"type":"attachment","length":0}\n\n{"type":"attachment","length":0}\n`,
			[
				['attachment', ''],
				['attachment', ''],
			],
		],
		['implicit length', `{"event_id":"${ID}"}\n{"type":"attachment"}\nhelloworld\n`, [['attachment', 'helloworld']]],
		['implicit length to the end', `{"event_id":"${ID}"}\n{"type":"attachment"}\nhelloworld`, [['attachment', 'helloworld']]],
		['no headers', '{}\n{"type":"session"}\n{"started":"x"}', [['session', '{"started":"x"}']]],
		['nothing but headers', '{}', []],
		['nothing but headers and a newline', '{}\n', []],
	])('%s', (_name, text, expected) => {
		expect(items(text)).toEqual(expected);
	});
});

it('reads the headers that count', () => {
	const parsed = read(
		`{"event_id":"${ID.toUpperCase()}","sent_at":"2026-11-28T08:40:09.034Z","sdk":{"name":"sentry.x","version":"1"},"else":1}`,
	);
	expect(parsed).toMatchObject({
		ok: true,
		envelope: { header: { eventId: ID, sentAt: 1_795_855_209_034, dsn: null, sdk: 'sentry.x 1' } },
	});
	expect(peekDsn(Buffer.from('{"dsn":"https://a@b.example/1"}\n{"type":'))).toBe('https://a@b.example/1');
	expect(peekDsn(Buffer.from('nothing'))).toBeNull();
});

it('lets items of unknown type through, so that they can be counted', () => {
	expect(items('{}\n{"type":"hologram","length":3}\nabc\n{"type":"session"}\n{}\n').map(([type]) => type)).toEqual(['hologram', 'session']);
});

describe('is malformed', () => {
	it.each([
		['', 'malformed_header'],
		['[]\n', 'malformed_header'],
		['not json\n', 'malformed_header'],
		['{}\n[]\n', 'malformed_item'],
		['{}\n{"no":"type"}\nx\n', 'malformed_item'],
		['{}\n{"type":"event","length":-1}\nx\n', 'malformed_item'],
		['{}\n{"type":"event","length":1.5}\nx\n', 'malformed_item'],
		['{}\n{"type":"event","length":"3"}\nabc\n', 'malformed_item'],
		['{}\n{"type":"event","length":2}\nabc\n', 'malformed_item'],
		['{}\n{"type":"event","length":30}\nabc\n', 'truncated'],
		['{}\n{"type":"event"}', 'truncated'],
	])('%j: %s', (text, code) => {
		expect(read(text)).toMatchObject({ ok: false, problem: { code, detail: expect.stringMatching(/^expected .+, got /) } });
	});
});

describe('is too large', () => {
	it.each([
		['a header', Buffer.from(`{"a":"${'x'.repeat(70_000)}"}\n`), 'malformed_header'],
		['an event', Buffer.from(`{}\n{"type":"event"}\n"${'x'.repeat(1024 * 1024)}"\n`), 'item_too_large'],
		['a check-in', Buffer.from(`{}\n{"type":"check_in"}\n"${'x'.repeat(101 * 1024)}"\n`), 'item_too_large'],
		['a client report', Buffer.from(`{}\n{"type":"client_report"}\n"${'x'.repeat(5 * 1024)}"\n`), 'item_too_large'],
		['many sessions', Buffer.from(`{}\n${'{"type":"session"}\n{}\n'.repeat(101)}`), 'too_many_items'],
		['many items', Buffer.from(`{}\n${'{"type":"x"}\n{}\n'.repeat(501)}`), 'too_many_items'],
		['an envelope', Buffer.alloc(ENVELOPE_LIMITS.envelopeBytes + 1, 10), 'too_large'],
	])('%s', (_name, bytes, code) => {
		expect(parseEnvelope(bytes)).toMatchObject({ ok: false, problem: { code } });
	});

	it('but not an attachment of a megabyte, which is only skipped', () => {
		expect(read(`{}\n{"type":"attachment"}\n${'x'.repeat(2 * 1024 * 1024)}\n`).ok).toBe(true);
	});
});

it('gives back any payloads that were written with their length', () => {
	const payload = fc.uint8Array({ maxLength: 60 });
	fc.assert(
		fc.property(fc.array(payload, { maxLength: 6 }), (payloads) => {
			const parts = payloads.flatMap((bytes) => [
				Buffer.from(`{"type":"attachment","length":${bytes.length}}\n`),
				Buffer.from(bytes),
				Buffer.from('\n'),
			]);
			const parsed = parseEnvelope(Buffer.concat([Buffer.from('{}\n'), ...parts]));
			expect(parsed.ok && parsed.envelope.items.map((item) => [...item.payload])).toEqual(payloads.map((bytes) => [...bytes]));
		}),
	);
});

it('throws for no bytes at all', () => {
	const noise = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ maxLength: 200 }));
	const line = fc.oneof(
		fc.constantFrom('{}', '{"type":"event"}', '{"type":"event","length":5}', '', '{"type":1}', '\r'),
		fc.string({ maxLength: 20 }),
	);
	fc.assert(
		fc.property(
			fc.oneof(
				noise,
				fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n')),
			),
			(raw) => {
				const parsed = parseEnvelope(Buffer.from(raw as string));
				if (!parsed.ok) expect(parsed.problem.detail).not.toBe('');
			},
		),
	);
});
