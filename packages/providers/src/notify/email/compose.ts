/** A message as a mail, in the shape that nodemailer takes. Pure. */
import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import type { PreparedMessage } from '../templates/prepare-message.ts';
import { renderHtml } from '../templates/render-html.ts';
import { renderText } from '../templates/render-text.ts';
import type { MailAddress } from './address.ts';

export interface MailParties {
	readonly from: MailAddress;
	readonly to: readonly string[];
}

/**
 * An incident is one thread: all its mails refer to one id that none of them has (so it does not matter which arrived), and have one
 * subject (RFC 5322, 3.6.4; Gmail asks for both). The Message-ID comes from the key, so that a second attempt is the same mail.
 */
export function composeMail(message: PreparedMessage, { from, to }: MailParties): SendMailOptions {
	const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
	const thread = toId('incident', message.threadKey, domain);
	const follows = message.kind === 'updated' || message.kind === 'acknowledged' || message.kind === 'resolved';
	return {
		from: { ...from },
		to: to.map((address) => ({ name: '', address })),
		subject: `${follows ? 'Re: ' : ''}${message.subject}`,
		messageId: toId('message', message.dedupKey, domain),
		...(message.threadKey === message.dedupKey ? {} : { references: [thread], ...(follows ? { inReplyTo: thread } : {}) }),
		text: renderText(message),
		html: renderHtml(message),
		priority: message.severity === 'critical' && message.kind === 'opened' ? 'high' : 'normal',
		headers: {
			// No absence notes in return (RFC 3834, 5; for Exchange [MS-OXCMAIL] 2.2.3.2.14).
			'Auto-Submitted': 'auto-generated',
			'X-Auto-Response-Suppress': 'All',
		},
		disableFileAccess: true,
		disableUrlAccess: true,
	};
}

/** Letters and digits only, whatever the key holds. */
function toId(kind: string, key: string, domain: string): string {
	return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}.${kind}.holdfast@${domain}>`;
}
