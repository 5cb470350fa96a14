/** Digits in groups or not, that begin like a payment card. Longer runs of digits are something else. */
const DIGITS = /(?<![\w.])[2-6](?:[ -]?\d){12,24}(?!\w)/g;
/** The ranges of the large card networks (ISO/IEC 7812-1). */
const ISSUER = /^(?:4|5[1-5]|2[2-7]|3[0-9]|6[0245])/;
const SHORTEST = 13;
const LONGEST = 19;

/** @returns the text with `mark` in place of numbers that are payment cards by their prefix and their check digit. */
export function scrubCardNumbers(text: string, mark: string): string {
	return text.replace(DIGITS, (run) => {
		const end = findCardEnd(run);
		return end === 0 ? run : mark + run.slice(end);
	});
}

/** @param digits nothing but digits. @returns whether they have a card's prefix, length and check digit (Luhn). */
export function isCardNumber(digits: string): boolean {
	if (digits.length < SHORTEST || digits.length > LONGEST || !ISSUER.test(digits) || /^(\d)\1+$/.test(digits)) return false;
	let sum = 0;
	for (let index = 0; index < digits.length; index += 1) {
		const digit = Number(digits[digits.length - 1 - index]);
		const doubled = index % 2 === 1 ? digit * 2 : digit;
		sum += doubled > 9 ? doubled - 9 : doubled;
	}
	return sum % 10 === 0;
}

/** What follows in a group of its own may be the date of expiry. @returns where the card ends in the run, 0 when it is none. */
function findCardEnd(run: string): number {
	for (let end = run.length; end >= SHORTEST; end -= 1) {
		const closes = end === run.length || /[ -]/.test(run.charAt(end));
		if (closes && isCardNumber(run.slice(0, end).replace(/\D/g, ''))) return end;
	}
	return 0;
}
