/** An address is one run: Discord reads no markup inside it, and a backslash would become part of it. */
const address = /https?:\/\/[^\s<>[\]()*_~`|\\]+/g;

/** Takes the meaning from Discord's markup, also from mentions and masked links (https://support.discord.com/hc/en-us/articles/210298617). */
export function escapeDiscord(text: string): string {
	let shown = '';
	let end = 0;
	for (const { 0: whole, index } of text.matchAll(address)) {
		shown += escapePart(text.slice(end, index)) + whole;
		end = index + whole.length;
	}
	return shown + escapePart(text.slice(end));
}

function escapePart(text: string): string {
	return text.replace(/[\\*_~`|<>[\]@#]/g, '\\$&');
}
