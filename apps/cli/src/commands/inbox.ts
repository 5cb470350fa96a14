import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';

interface InboxOptions extends GlobalOptions {
	readonly all?: boolean;
}

export function addInbox(program: Command, session: Session): void {
	const inbox = program
		.command('inbox')
		.description('what channels of kind console were told, the newest first')
		.option('--all', 'also what was read')
		.addHelpText('after', '\nExample:\n  holdfast inbox --all --json')
		.action(async (_options: unknown, self: Command) => {
			session.finish(await runInbox(session, self.optsWithGlobals<InboxOptions>()));
		});
	inbox
		.command('read')
		.argument('[number...]', 'messages, by their number; all when none is named')
		.description('mark messages as read')
		.addHelpText('after', '\nExample:\n  holdfast inbox read 12 13')
		.action(async (numbers: readonly string[], _options: unknown, self: Command) => {
			session.finish(await runRead(session, numbers, self.optsWithGlobals<GlobalOptions>()));
		});
}

async function runInbox(session: Session, options: InboxOptions): Promise<ExitCode> {
	const [{ ctx, operations }, { openRecord }, { renderInbox }] = await Promise.all([
		openEngine(session.io),
		import('@holdfast/engine/record'),
		import('../render/inbox.ts'),
	]);
	const record = await openRecord(ctx, options.config);
	try {
		const messages = await operations.listInboxMessages(record, { all: options.all, service: options.service });
		present(session, options, { messages }, (layout) => renderInbox(messages, ctx.clock.now(), layout));
		return 0;
	} finally {
		await record.close();
	}
}

async function runRead(session: Session, numbers: readonly string[], options: GlobalOptions): Promise<ExitCode> {
	const [{ ctx, operations }, { openRecord }] = await Promise.all([openEngine(session.io), import('@holdfast/engine/record')]);
	const ids = numbers.map((text) => {
		if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
		throw new operations.OperationError('invalid', `expected the number of a message, got ${text}`, {
			hint: 'For example: holdfast inbox read 12',
		});
	});
	const record = await openRecord(ctx, options.config);
	try {
		const read = await operations.markInboxMessagesRead(record, ids.length === 0 ? {} : { ids });
		present(session, options, { read }, () => [`${read.length} marked as read.`]);
		return 0;
	} finally {
		await record.close();
	}
}
