import { expect, it } from 'vitest';
import { readStoreBody } from './read-store-body.ts';

it('makes an envelope of an event', () => {
	const body = Buffer.from(JSON.stringify({ event_id: 'A'.repeat(32), message: 'x' }));
	expect(readStoreBody(body)).toEqual({
		header: { eventId: 'a'.repeat(32), sentAt: null, dsn: null, sdk: null },
		items: [{ type: 'event', payload: body }],
	});
	expect(readStoreBody(Buffer.from('{"type":"transaction"}'))?.items[0]?.type).toBe('transaction');
});

it.each(['', '[]', 'text', '{'])('%j is none', (text) => {
	expect(readStoreBody(Buffer.from(text))).toBeNull();
});
