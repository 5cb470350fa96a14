/** Addresses as the configuration writes them. Simple ones on purpose: what stands in a header is never parsed from free text. */

const local = "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}";
const domain = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}.-]{0,251}[\\p{L}\\p{N}])?';

/** `ops@shop.example`. */
export const addressPattern = new RegExp(`^${local}@${domain}$`, 'u');
/** The same, or with a name before it: `Holdfast <ops@shop.example>`. */
export const senderPattern = new RegExp(`^(?:[\\p{L}\\p{N} .,'()&_-]{1,100} <${local}@${domain}>|${local}@${domain})$`, 'u');

export interface MailAddress {
	readonly name: string;
	readonly address: string;
}

/** @returns null when it is no address of the forms above. */
export function readSender(text: string): MailAddress | null {
	if (!senderPattern.test(text)) return null;
	const at = text.indexOf(' <');
	return at === -1 ? { name: '', address: text } : { name: text.slice(0, at).trim(), address: text.slice(at + 2, -1) };
}
