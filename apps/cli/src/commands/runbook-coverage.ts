import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';
import { tellProblems } from './tell-problems.ts';

type Options = GlobalOptions & { readonly sidecar?: string; readonly counting: 'declared' | 'certain'; readonly all?: boolean };

export function addRunbookCoverage(runbook: Command, session: Session): void {
	runbook
		.command('coverage')
		.argument('[file]', 'the runbook; without it the one of the service')
		.description('how many of the lines that could be live are, and which are not')
		.addOption(
			new Option('--counting <what>', 'declared: what stands in the document; certain: also what bind --accept certain would write')
				.choices(['declared', 'certain'])
				.default('certain'),
		)
		.option('--all', 'every line that is not live, not only the five that matter most')
		.option('--sidecar <file>', 'bindings that stand beside the document')
		.addHelpText('after', '\nExample:\n  holdfast runbook coverage RUNBOOK.md --all')
		.action(async (file: string | undefined, _options: unknown, self: Command) => {
			session.finish(await runCoverage(session, file, self.optsWithGlobals<Options>()));
		});
}

async function runCoverage(session: Session, file: string | undefined, options: Options): Promise<ExitCode> {
	const [{ ctx, operations }, { renderCoverage }] = await Promise.all([openEngine(session.io), import('../render/coverage.ts')]);
	const { config, service, sidecar, counting } = options;
	const report = await operations.measureRunbookCoverage(ctx, { file, config, service, sidecar, counting });
	present(session, options, report, (layout) => renderCoverage(report, layout, options.all === true));
	return tellProblems(session, options, report);
}
