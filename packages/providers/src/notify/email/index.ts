import type { Secret } from '@holdfast/checks/secret';
import { createTransport, type Transporter } from 'nodemailer';
import type { SMTPSentMessageInfo } from 'nodemailer/lib/smtp-transport';
import { rememberTrust } from '../../http/remember-trust.ts';
import type { Delivery, NotificationChannel } from '../channel.ts';
import { type EmailConfig, readSmtpPort } from '../channel-config.ts';
import type { NotificationMessage } from '../message.ts';
import type { ChannelClient } from '../post-message.ts';
import { prepareMessage } from '../templates/prepare-message.ts';
import { addressPattern, type MailAddress, readSender } from './address.ts';
import { composeMail } from './compose.ts';
import { judgeMailError } from './judge-mail-error.ts';
import { openSocket } from './open-socket.ts';

/**
 * Mail over SMTP: one mail to all recipients, one connection each. TLS from the first byte with `secure`, else STARTTLS; a server
 * that has neither gets a mail only inside one's own network, and never a password.
 */
export function createEmailChannel(config: EmailConfig<Secret>, client: ChannelClient): NotificationChannel {
	const trustFor = rememberTrust();
	return {
		kind: 'email',
		send: async (message, { signal }) => {
			const from = readSender(config.from);
			if (from === null || config.to.length === 0 || !config.to.every((address) => addressPattern.test(address)))
				return {
					kind: 'refused',
					code: 'not-configured',
					reason: 'The sender or the recipients of the mail channel are no addresses',
					fix: 'correct `from` and `to` of the channel',
				};
			return sendMail(message, from, { config, client, signal, trustFor });
		},
	};
}

interface Attempt {
	readonly config: EmailConfig<Secret>;
	readonly client: ChannelClient;
	readonly signal: AbortSignal;
	readonly trustFor: ReturnType<typeof rememberTrust>;
}

async function sendMail(message: NotificationMessage, from: MailAddress, attempt: Attempt): Promise<Delivery> {
	const { config, client, signal } = attempt;
	const server = { host: config.smtp.host, ...readSmtpPort(config.smtp) };
	const where = `${server.host}:${server.port}`;
	const timeout = new AbortController();
	const timer = setTimeout(() => timeout.abort(), client.timeoutMs);
	const ends = AbortSignal.any([signal, timeout.signal]);
	try {
		const transport = openTransport(attempt, server, ends);
		const info = await transport.sendMail({
			...composeMail(prepareMessage(message), { from, to: config.to }),
			date: new Date(client.now()),
			signal: ends,
		});
		const refused = info.rejected.length;
		return {
			kind: 'delivered',
			reason:
				refused === 0
					? `The mail server ${where} has taken the mail`
					: `The mail server ${where} has taken the mail for ${info.accepted.length} of ${config.to.length} recipients and refuses ${info.rejected.join(', ')}`,
			id: info.serverMessageId ?? info.messageId,
		};
	} catch (error) {
		if (signal.aborted) return { kind: 'try-later', code: 'aborted', reason: `Stopped before the mail server ${where} had the mail` };
		if (timeout.signal.aborted)
			return {
				kind: 'try-later',
				code: 'timeout',
				reason: `The mail server ${where} has not taken the mail within ${client.timeoutMs / 1000} s`,
				fix: 'look at the server, and at the way out of this machine’s network',
			};
		return judgeMailError(error, server);
	} finally {
		clearTimeout(timer);
	}
}

function openTransport(
	{ config, client, trustFor }: Attempt,
	server: { host: string; port: number; secure: boolean },
	signal: AbortSignal,
): Transporter<SMTPSentMessageInfo> {
	const { user, password } = config.smtp;
	const { ca } = client.reach;
	return createTransport({
		...server,
		requireTLS: true,
		...(user === undefined || password === undefined ? {} : { auth: { user, pass: password.reveal() } }),
		...(ca === undefined ? {} : { tls: { secureContext: trustFor(ca) } }),
		connectionTimeout: client.timeoutMs,
		greetingTimeout: client.timeoutMs,
		socketTimeout: client.timeoutMs,
		socketCloseTimeout: 1000,
		maxResponseSize: 64 * 1024,
		logger: false,
		getSocket: (_options, callback) => {
			openSocket(server, { reach: client.reach, signal }, (error, open) => {
				if (open === undefined) return callback(error);
				const requireTLS = open.isPublic || !client.reach.private || password !== undefined;
				return callback(null, { connection: open.socket, requireTLS });
			});
		},
	});
}
