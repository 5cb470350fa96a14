import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';
import { tellProblems } from './tell-problems.ts';

type Options = GlobalOptions & { readonly sidecar?: string; readonly accept?: 'certain' | 'likely' | 'guess'; readonly dryRun?: boolean };

export function addRunbookBind(runbook: Command, session: Session): void {
	runbook
		.command('bind')
		.argument('[file]', 'the runbook; without it the one of the service')
		.description('propose bindings from lines to checks; write them where asked')
		.addOption(new Option('--accept <certainty>', 'write those at least so certain').choices(['certain', 'likely', 'guess']))
		.option('--sidecar <file>', 'write into this file and leave the document as it is')
		.option('--dry-run', 'everything but the writing')
		.addHelpText('after', '\nExamples:\n  holdfast runbook bind RUNBOOK.md\n  holdfast runbook bind RUNBOOK.md --accept certain')
		.action(async (file: string | undefined, _options: unknown, self: Command) => {
			session.finish(await runBind(session, file, self.optsWithGlobals<Options>()));
		});
}

async function runBind(session: Session, file: string | undefined, options: Options): Promise<ExitCode> {
	const [{ ctx, operations }, { renderBindings }] = await Promise.all([openEngine(session.io), import('../render/bindings.ts')]);
	const { config, service, sidecar, accept, dryRun } = options;
	const report = await operations.bindRunbook(ctx, { file, config, service, sidecar, accept, dryRun });
	present(session, options, report, (layout) => renderBindings(report, layout));
	return tellProblems(session, options, { problems: [], warnings: report.warnings });
}
