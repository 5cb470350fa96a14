import { findPlaceholders } from '../command.ts';
import type { Channel, Contact } from '../model.ts';
import { append } from './append.ts';
import type { Block, ItemBlock, TableBlock } from './blocks.ts';
import type { Draft } from './draft.ts';
import { isImperative } from './imperative.ts';
import { findUrls, type InlineLine } from './inline.ts';
import type { Group } from './sections.ts';
import { itemLines } from './step.ts';

type Scope = Contact['scope'];

const channelKey =
	/^(?:e-?mail|phone|tel(?:ephone)?|mobile|cell|slack|teams|discord|chat|channel|pager ?duty|pager|opsgenie|url|website|web|portal|support|ticket(?:s|ing)?|hotline|twitter|handle|contact|contact (?:info|details)|on-?call|sms|whatsapp|zoom|bridge|number|hours|name|escalation|status(?: page)?|docs|documentation|dashboard|sla|account(?: id)?|primary|secondary)$/i;
/** What a contact's entry says beside its channels (rule K6). */
const aboutKey =
	/^(?:response time|scope|responsibilit(?:y|ies)|role|availability|when|escalate(?: after| to| when)?|timezone|coverage|backup|for)$/i;
const roleColumn =
	/\b(?:role|name|team|contact|service|vendor|who|person|provider|owner|function|position|component|system|engineer|responsib\w+)\b/i;
const channelColumn =
	/\b(?:phone|e-?mail|slack|contact|channel|pager\w*|url|link|handle|method|how|mobile|cell|reach|number|tel|support|info|details|via|portal|escalat\w+)\b/i;

/** The scope of contacts below a heading, from its words. */
export function readScope(titles: readonly string[]): Scope {
	for (const title of titles) {
		if (/emergenc|on-?call|escalat/i.test(title)) return 'emergency';
		if (/external|third[- ]part/i.test(title)) return 'external';
		if (/vendor|provider|support/i.test(title)) return 'vendor';
		if (/internal|team/i.test(title)) return 'internal';
	}
	return 'internal';
}

/** Reads the contacts of a group that stands in a contact or escalation section (counting rule R6: a channel, or a placeholder for one). */
export function readContacts(
	draft: Draft,
	group: Group,
	heading: { readonly title: string; readonly address: string; readonly line: number },
	scope: Scope,
): readonly Contact[] {
	const found: Contact[] = [];
	const label = group.label;
	if (label?.value !== null && label?.value !== undefined) {
		const contact = makeContact(draft, label.text, [label.value], label.value.rest, label.line, label.line, heading.address, scope);
		if (contact !== null) found.push(contact);
	}
	for (const block of group.blocks) {
		if (block.type === 'table') append(found, readTable(draft, block, heading.address, scope));
		else if (block.type === 'paragraph') append(found, readParagraph(draft, joinWrapped(block.content), heading.address, scope));
		else if (block.type === 'list') {
			const one = readAsOneContact(draft, block.items, label?.text ?? heading.title, block, heading.address, scope);
			if (one !== null) found.push(one);
			else for (const item of block.items) append(found, readItem(draft, item, heading.address, scope));
		}
	}
	for (const contact of found) draft.contacts.push(contact);
	return found;
}

/** Bullets that are all channels (`Email: …`, `Phone: …`) are one contact, named by what stands above them. */
function readAsOneContact(
	draft: Draft,
	items: readonly ItemBlock[],
	name: string,
	block: Block,
	parent: string,
	scope: Scope,
): Contact | null {
	const pairs = items.map((item) => splitPair(itemLines(item)[0]));
	const keyed = pairs.filter((pair) => pair !== null && channelKey.test(pair.name));
	const reach = pairs.some((pair) => pair !== null && /^(?:contact|phone|e-?mail|slack|pager(?:duty)?|channel)$/i.test(pair.name));
	const about = pairs.filter((pair) => pair !== null && (channelKey.test(pair.name) || aboutKey.test(pair.name)));
	if (
		keyed.length === 0 ||
		(keyed.length < items.length * 0.75 && !(reach && about.length === items.length)) ||
		pairs.every((pair) => pair !== null && /^(?:on-?call|support|primary|secondary|escalation)$/i.test(pair.name))
	)
		return null;
	const channels = items.flatMap((item, index) => {
		const line = itemLines(item)[0];
		const pair = pairs[index];
		return line === undefined ||
			pair === null ||
			pair === undefined ||
			/dashboard|docs|hours|sla|account|^name$|status/i.test(pair.name) ||
			aboutKey.test(pair.name)
			? []
			: readChannels(pair.value, line, pair.name).concat(/^contact$/i.test(pair.name) ? readSpoken(pair.value, line) : []);
	});
	if (channels.length === 0) return null;
	const address = draft.addresses.give(parent, name);
	for (const item of items) draft.claim(item.line, item.endLine, 'contact', address);
	return {
		address,
		line: block.line,
		endLine: block.endLine,
		name,
		scope,
		channels,
		bindings: draft.bindingsAt(block.line, block.endLine),
	};
}

/** "Phone only", "PagerDuty + Slack": a way without an address is still one. */
function readSpoken(text: string, line: InlineLine): readonly Channel[] {
	return readChannels(text, line, 'contact').length > 0 ? [] : readWords(text, 'contact');
}

/** Lines that wrap belong to the `**Name:**` line before them. */
function joinWrapped(lines: readonly InlineLine[]): readonly InlineLine[] {
	const joined: InlineLine[] = [];
	for (const line of lines) {
		const before = joined.at(-1);
		if (before === undefined || before.lead === null || !before.leadColon || line.lead !== null) joined.push(line);
		else
			joined[joined.length - 1] = {
				...before,
				text: `${before.text} ${line.text}`,
				raw: `${before.raw} ${line.raw}`,
				rest: `${before.rest} ${line.text}`.trim(),
				links: [...before.links, ...line.links],
				codes: [...before.codes, ...line.codes],
			};
	}
	return joined;
}

function readItem(draft: Draft, item: ItemBlock, parent: string, scope: Scope): readonly Contact[] {
	const line = itemLines(item)[0];
	if (line === undefined) return [];
	const pair = splitPair(line);
	const nested = item.blocks.slice(1).flatMap((block) => (block.type === 'list' ? block.items : []));
	if (pair === null && nested.length === 0) {
		const channels = readChannels(line.text, line, '').filter((channel) => channel.kind !== 'url');
		if (channels.length === 0 || line.text.endsWith('?')) return [];
		const name = nameBefore(line.text, channels);
		return name === '' ? [] : [enter(draft, name, channels, item.line, item.endLine, parent, scope)];
	}
	const name = pair?.name ?? line.text;
	if (isNoContact(name) || asksForSomething(name)) return [];
	const channels = [
		...(pair === null ? [] : readChannels(pair.value, line, pair.name)),
		...nested.flatMap((inner) => {
			const innerLine = itemLines(inner)[0];
			const innerPair = splitPair(innerLine);
			return innerLine === undefined ? [] : readChannels(innerPair?.value ?? innerLine.text, innerLine, innerPair?.name ?? '');
		}),
	];
	return channels.length === 0 ? [] : [enter(draft, name, channels, item.line, item.endLine, parent, scope)];
}

function readParagraph(draft: Draft, lines: readonly InlineLine[], parent: string, scope: Scope): readonly Contact[] {
	return lines.flatMap((line) => {
		const pair = line.lead !== null && line.leadColon ? { name: line.lead, value: line.rest } : null;
		if (pair === null || isNoContact(pair.name)) return [];
		const contact = makeContact(draft, pair.name, [line], pair.value, line.line, line.line, parent, scope);
		return contact === null ? [] : [contact];
	});
}

function readTable(draft: Draft, table: TableBlock, parent: string, scope: Scope): readonly Contact[] {
	const heads = table.header.map((cell) => cell.text);
	const nameAt = Math.max(
		0,
		heads.findIndex((head) => roleColumn.test(head)),
	);
	const channelAt = heads.flatMap((head, index) => (index !== nameAt && channelColumn.test(head) ? [index] : []));
	const found: Contact[] = [];
	for (const row of table.rows) {
		const nameCell = row.cells[nameAt];
		if (nameCell === undefined || nameCell.text === '') continue;
		const cells = channelAt.length > 0 ? channelAt : row.cells.map((_, index) => index).filter((index) => index !== nameAt);
		const channels = cells.flatMap((index) => {
			const cell = row.cells[index];
			return cell === undefined || cell.text === '' ? [] : readChannels(cell.text, cell, heads[index] ?? '');
		});
		const words = channels.length > 0 ? channels : cells.flatMap((index) => readWords(row.cells[index]?.text ?? '', heads[index] ?? ''));
		if (words.length > 0) found.push(enter(draft, nameCell.text, words, row.line, row.line, parent, scope));
	}
	return found;
}

/** Under a heading that says how to reach someone, any words are a way: "portal ticket" (rule K5). */
function readWords(text: string, head: string): readonly Channel[] {
	if (!/^(?:contact(?: (?:method|info(?:rmation)?|details))?|channel|how(?: to (?:contact|reach))?|method|reach(?: via)?|via)$/i.test(head))
		return [];
	return /^(?:|[-–—]+|n\/?a|none)$/i.test(text.trim()) ? [] : [{ kind: 'text', value: text.trim(), placeholder: false }];
}

function makeContact(
	draft: Draft,
	name: string,
	lines: readonly InlineLine[],
	value: string,
	line: number,
	endLine: number,
	parent: string,
	scope: Scope,
): Contact | null {
	if (isNoContact(name)) return null;
	const channels = lines.flatMap((part) => readChannels(value, part, name));
	return channels.length === 0 ? null : enter(draft, name, channels, line, endLine, parent, scope);
}

function enter(
	draft: Draft,
	name: string,
	channels: readonly Channel[],
	line: number,
	endLine: number,
	parent: string,
	scope: Scope,
): Contact {
	const address = draft.addresses.give(parent, name);
	draft.claim(line, endLine, 'contact', address);
	return { address, line, endLine, name, scope, channels, bindings: draft.bindingsAt(line, endLine) };
}

function isNoContact(name: string): boolean {
	return (
		/\b(?:dashboards?|grafana|documentation|docs|repository|runbook|hours|sla|response time|when|after|before|status ?page|severity|level \d criteria)\b/i.test(
			name,
		) || /^if\b/i.test(name)
	);
}

/** "Check the build history: https://…" is a step with a link; "Support: https://…" is a contact (rule K4). */
function asksForSomething(name: string): boolean {
	return name.trim().split(/\s+/).length >= 3 && isImperative(name);
}

/** `**Role**: channel`, `Role: channel`, `Role - channel`. */
function splitPair(line: InlineLine | undefined): { readonly name: string; readonly value: string } | null {
	if (line === undefined) return null;
	if (line.lead !== null && (line.leadColon || line.rest !== line.text))
		return line.rest === '' ? null : { name: line.lead, value: line.rest };
	const pair = /^([^:：]{2,60}?)\s*(?:[:：]|\s[-–—]\s)\s*(.+)$/.exec(line.text);
	if (pair === null || /https?$/i.test(pair[1] ?? '')) return null;
	return { name: (pair[1] ?? '').trim(), value: (pair[2] ?? '').trim() };
}

function nameBefore(text: string, channels: readonly Channel[]): string {
	const at = Math.min(...channels.map((channel) => text.indexOf(channel.value)).filter((index) => index >= 0), text.length);
	const name = text
		.slice(0, at)
		.replace(/[\s(:<–—-]+$/, '')
		.trim();
	return name.length <= 60 && name.split(' ').length <= 6 ? name : '';
}

const phone =
	/(?:\+|\b00)?\(?\d{1,4}\)?(?:[\s.-]?\(?\d{2,4}\)?){2,4}\b|\b\d{3}-\d{4}\b|\b(?:1-)?\d{3}-[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b|\bXXX[-. ]?XXX[-. ]?XXXX\b/i;

/** Finds the channels in a contact's words; `key` is the column or label they stand under. */
export function readChannels(text: string, line: InlineLine, key: string): readonly Channel[] {
	const channels: Channel[] = [];
	const placeholders = findPlaceholders(line.raw).filter((found) => text.includes(found.text) || found.text.includes(text));
	const isHollow = (value: string): boolean => placeholders.some((found) => found.text.includes(value) || value.includes(found.text));
	for (const email of text.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g) ?? [])
		channels.push({ kind: 'email', value: email, placeholder: isHollow(email) });
	for (const link of line.links) {
		if (link.url.startsWith('mailto:') && !channels.some((known) => known.value === link.url.slice(7)))
			channels.push({ kind: 'email', value: link.url.slice(7), placeholder: false });
		else if (/^https?:/.test(link.url) && (text.includes(link.url) || text.includes(link.label)))
			channels.push({ kind: 'url', value: link.url, placeholder: isHollow(link.url) });
	}
	for (const url of findUrls(text))
		if (!channels.some((known) => known.value === url)) channels.push({ kind: 'url', value: url, placeholder: isHollow(url) });
	const bare = text.replace(/https?:\/\/\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, ' ');
	for (const slack of bare.match(/(?<![\w/&])#[a-z][\w-]*/gi) ?? []) channels.push({ kind: 'slack', value: slack, placeholder: false });
	for (const handle of bare.match(/(?<![\w.])@[\w][\w-]*(?:\/[\w-]+)?/g) ?? [])
		channels.push({ kind: /slack/i.test(`${key} ${bare}`) ? 'slack' : 'handle', value: handle, placeholder: isHollow(handle) });
	const number = phone.exec(bare)?.[0].trim();
	if (number !== undefined && number.replace(/\D/g, '').length + (number.match(/X/gi)?.length ?? 0) >= 6 && !/^\d{4}-\d{2}/.test(number))
		channels.push({ kind: 'phone', value: number, placeholder: isHollow(number) || /XXX|555[- .]?\d{3,4}|555[- .]XXXX/i.test(number) });
	const pager = /\b(?:pager ?duty|opsgenie|victorops|splunk on-?call|incident\.io)\b[^,;)]*/i.exec(bare)?.[0].trim();
	if (pager !== undefined) channels.push({ kind: 'pager', value: pager, placeholder: false });
	if (channels.length === 0) for (const found of placeholders) channels.push({ kind: 'placeholder', value: found.text, placeholder: true });
	if (channels.length === 0 && /^(?:tbd|todo|tba|n\/a yet|xxx+|_+|\.\.\.|…|\?+)$/i.test(text.trim()))
		channels.push({ kind: 'placeholder', value: text.trim(), placeholder: true });
	if (channels.length === 0 && /^(?:slack|teams|discord|phone|sms)\b/i.test(text) && text.length < 60)
		channels.push({ kind: /slack/i.test(text) ? 'slack' : 'text', value: text, placeholder: false });
	return channels;
}
