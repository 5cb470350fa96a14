import { TargetRefusedError, translateTlsCode } from '@holdfast/checks/target';
import { describeNetworkError } from '../../http/describe-network-error.ts';
import type { Refused, TryLater } from '../channel.ts';

export interface MailServer {
	readonly host: string;
	readonly port: number;
}

/**
 * What went wrong with a mail, from codes alone: a server's own sentence may hold anything, its code may not. 5yz stays, 4yz passes
 * (RFC 5321, 4.2.1); codes of the errors are nodemailer's (https://nodemailer.com/errors).
 */
export function judgeMailError(error: unknown, server: MailServer): Refused | TryLater {
	const where = `${server.host}:${server.port}`;
	if (error instanceof TargetRefusedError) {
		const { reason, fix } = error.refusal;
		return { kind: 'refused', code: 'refused', reason, ...(fix === undefined ? {} : { fix }) };
	}
	const { code, responseCode, command, tag, networkCode } = readError(error);
	const said = responseCode === undefined ? '' : ` (${responseCode}${tag === undefined ? '' : ` ${tag}`})`;
	const later = responseCode !== undefined && !(responseCode >= 500 && responseCode !== 503);
	if (code === 'EAUTH' || command.startsWith('AUTH')) {
		const words = { code: 'unauthorized', fix: 'correct `smtp.user` and `smtp.password` of the channel' } as const;
		return later
			? { kind: 'try-later', ...words, reason: `The mail server ${where} cannot check the password right now${said}` }
			: { kind: 'refused', ...words, reason: `The mail server ${where} does not accept the user and password${said}` };
	}
	if (code === 'ETLS' && responseCode !== undefined) {
		return {
			kind: later ? 'try-later' : 'refused',
			code: 'tls',
			reason: `The mail server ${where} offers no TLS${said}, and nothing is sent to it without`,
			fix: 'use its port for TLS with `smtp.secure: true`, or turn on STARTTLS there',
		};
	}
	if (responseCode !== undefined) {
		const what = command.startsWith('RCPT')
			? 'none of the recipients'
			: command.startsWith('MAIL')
				? 'the sender'
				: command === 'CONN' || command === 'EHLO'
					? 'the connection'
					: 'the mail';
		const reason = `The mail server ${where} does not accept ${what}${said}`;
		return later
			? { kind: 'try-later', code: 'server-error', reason }
			: { kind: 'refused', code: 'bad-response', reason, fix: 'look at `from` and `to` of the channel, and at the server’s log' };
	}
	const tls = networkCode === undefined ? null : translateTlsCode(networkCode, server);
	if (tls !== null) return { kind: 'try-later', code: 'tls', reason: tls.reason, ...(tls.fix === undefined ? {} : { fix: tls.fix }) };
	if (code === 'ETLS') return { kind: 'try-later', code: 'tls', reason: `The TLS handshake with the mail server ${where} fails` };
	if (code === 'ETIMEDOUT') return { kind: 'try-later', code: 'timeout', reason: `The mail server ${where} does not answer in time` };
	if (code === 'EPROTOCOL')
		return { kind: 'try-later', code: 'bad-response', reason: `What answers at ${where} does not speak SMTP`, fix: 'correct `smtp.port`' };
	if (networkCode !== undefined && networkCode !== 'ECONNRESET' && networkCode !== 'EPIPE') {
		const { enable, ...words } = describeNetworkError({ code: networkCode }, 'The mail server', where);
		return { kind: 'try-later', ...words, ...(enable === undefined ? {} : { fix: enable }) };
	}
	return { kind: 'try-later', code: 'network', reason: `The mail server ${where} ends the connection before it has the mail` };
}

interface MailError {
	readonly code: string;
	readonly responseCode: number | undefined;
	readonly command: string;
	/** Enhanced status code, RFC 3463: `5.7.1`. */
	readonly tag: string | undefined;
	/** The system's or OpenSSL's own code. */
	readonly networkCode: string | undefined;
}

function readError(error: unknown): MailError {
	const read = (name: string): unknown => (typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined);
	const text = (name: string): string => (typeof read(name) === 'string' ? String(read(name)) : '');
	const responseCode = read('responseCode');
	const code = text('code');
	const network = [text('originalCode'), code].find((one) => /^[A-Z][A-Z0-9_]{2,60}$/.test(one) && !ours.has(one));
	return {
		code,
		responseCode: typeof responseCode === 'number' && responseCode >= 200 && responseCode < 600 ? responseCode : undefined,
		command: text('command').toUpperCase(),
		tag: /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(text('response'))?.[1],
		networkCode: network ?? readOpenSslCode(text('message')),
	};
}

/** Codes that nodemailer sets in place of the system's. */
const ours = new Set([
	'ECONNECTION',
	'ESOCKET',
	'ETLS',
	'EAUTH',
	'EENVELOPE',
	'EMESSAGE',
	'EPROTOCOL',
	'ETIMEDOUT',
	'EABORT',
	'EDNS',
	'ESTREAM',
]);

/** Where only the message is left of a failed handshake. */
function readOpenSslCode(message: string): string | undefined {
	const reason = /SSL routines:[^:]*:([a-z0-9 ]{3,60})/i.exec(message)?.[1];
	return reason === undefined ? undefined : `ERR_SSL_${reason.trim().toUpperCase().replaceAll(' ', '_')}`;
}
