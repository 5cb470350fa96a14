import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';
import { formatCount } from '../terminal/format-duration.ts';

type Options = GlobalOptions & { readonly dryRun?: boolean };

export function addRunbookUnbind(runbook: Command, session: Session): void {
	runbook
		.command('unbind')
		.argument('[file]', 'the runbook; without it the one of the service')
		.description('take every binding out: the original document, byte for byte')
		.option('--dry-run', 'everything but the writing')
		.addHelpText('after', '\nExample:\n  holdfast runbook unbind RUNBOOK.md')
		.action(async (file: string | undefined, _options: unknown, self: Command) => {
			session.finish(await runUnbind(session, file, self.optsWithGlobals<Options>()));
		});
}

async function runUnbind(session: Session, file: string | undefined, options: Options): Promise<ExitCode> {
	const { ctx, operations } = await openEngine(session.io);
	const report = await operations.unbindRunbook(ctx, { file, config: options.config, service: options.service, dryRun: options.dryRun });
	const words = {
		written: `${report.path}: bindings taken out, ${formatCount(report.removedBytes, 'byte')} shorter.`,
		'dry-run': `${report.path}: bindings would be taken out, ${formatCount(report.removedBytes, 'byte')}. Nothing was written.`,
		unchanged: `${report.path}: holds no bindings. Nothing was written.`,
	}[report.outcome];
	present(session, options, report, () => [words]);
	return 0;
}
