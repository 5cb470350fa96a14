import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isCardNumber, scrubCardNumbers } from './card-numbers.ts';

it.each(['4242424242424242', '5555 5555 5555 4444', '3782-822463-10005', '6011111111111117', '4242 4242 4242 4242 12/30'])(
	'takes out %s',
	(number) => {
		expect(scrubCardNumbers(`paid with ${number}.`, '#')).not.toMatch(/\d{4}/);
	},
);

it.each(['4242424242424241', '1795855209010123', '4111111111111111222233334444', '20261128', 'v4242424242424242', '4444444444444444'])(
	'leaves %s',
	(number) => {
		expect(scrubCardNumbers(`order ${number} is gone`, '#')).toContain(number);
	},
);

it('knows a card by its check digit: changing one digit makes it none', () => {
	const body = fc.stringMatching(/^[0-9]{14}$/);
	fc.assert(
		fc.property(body, fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 9 }), (rest, place, shift) => {
			const digits = `4${rest}`;
			const whole = [...'0123456789'].map((last) => digits + last).filter(isCardNumber);
			expect(whole).toHaveLength(1);
			const [card = ''] = whole;
			const changed = card.slice(0, place) + ((Number(card[place]) + shift) % 10) + card.slice(place + 1);
			expect(isCardNumber(changed)).toBe(false);
		}),
	);
});
