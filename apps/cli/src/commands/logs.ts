import type { Command } from 'commander';
import { type GlobalOptions, present, type Session } from '../session.ts';
import { withRecord } from './with-record.ts';

interface Options extends GlobalOptions {
	readonly grep?: string;
	readonly since?: string;
	readonly until?: string;
	readonly level?: string;
	readonly limit?: string;
}

export function addLogs(program: Command, session: Session): void {
	program
		.command('logs')
		.description('lines that drains and SDKs sent, the newest of a window')
		.option('--grep <words>', 'words that must stand in a line, whatever their case')
		.option('--since <when>', 'from: 1h, 2d or a date; the last hour when absent')
		.option('--until <when>', 'to; now when absent')
		.option('--level <level>', 'and above: trace, debug, info, warning, error, fatal')
		.option('--limit <count>', 'most lines; 200 when absent')
		.addHelpText('after', '\nExample:\n  holdfast logs --grep "order 4211" --since 24h --level warning')
		.action(async (_options: unknown, self: Command) => {
			const options = self.optsWithGlobals<Options>();
			const { service, grep, since, until, level } = options;
			const limit = options.limit === undefined ? undefined : Number(options.limit) || 1;
			const [lines, { renderLines }] = await Promise.all([
				withRecord(session, options, (record, operations) => operations.searchLogs(record, { service, grep, since, until, level, limit })),
				import('../render/lines.ts'),
			]);
			present(session, options, { lines }, (layout) => renderLines(lines, layout));
			session.finish(0);
		});
}
