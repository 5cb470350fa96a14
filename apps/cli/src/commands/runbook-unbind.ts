import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';
import { formatCount } from '../terminal/format-duration.ts';
import { makePrintable } from '../terminal/printable.ts';

type Options = GlobalOptions & { readonly dryRun?: boolean };

export function addRunbookUnbind(runbook: Command, session: Session): void {
	runbook
		.command('unbind')
		.argument('[file]', 'the runbook; without it the one of the service')
		.description('take every binding out, also those written by hand')
		.option('--dry-run', 'everything but the writing')
		.addHelpText('after', '\nExample:\n  holdfast runbook unbind RUNBOOK.md')
		.action(async (file: string | undefined, _options: unknown, self: Command) => {
			session.finish(await runUnbind(session, file, self.optsWithGlobals<Options>()));
		});
}

async function runUnbind(session: Session, file: string | undefined, options: Options): Promise<ExitCode> {
	const { ctx, operations } = await openEngine(session.io);
	const report = await operations.unbindRunbook(ctx, { file, config: options.config, service: options.service, dryRun: options.dryRun });
	const count = formatCount(report.removedBindings, 'comment with bindings', 'comments with bindings');
	const words = {
		written: `${report.path}: ${count} taken out, ${formatCount(report.removedBytes, 'byte')} shorter.`,
		'dry-run': `${report.path}: ${count} would be taken out, ${formatCount(report.removedBytes, 'byte')}. Nothing was written.`,
		unchanged: `${report.path}: holds no bindings. Nothing was written.`,
	}[report.outcome];
	present(session, options, report, () => [makePrintable(words)]);
	return 0;
}
