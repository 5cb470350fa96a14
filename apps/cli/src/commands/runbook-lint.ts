import type { Command } from 'commander';
import { type ExitCode, pickExitCode } from '../exit-code.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';
import { tellProblems } from './tell-problems.ts';

type Options = GlobalOptions & { readonly sidecar?: string };

export function addRunbookLint(runbook: Command, session: Session): void {
	runbook
		.command('lint')
		.argument('[file]', 'the runbook; without it the one of the service')
		.description('what will fail at night: placeholders, dead links, steps nobody verifies, commands that could hurt')
		.option('--sidecar <file>', 'bindings that stand beside the document')
		.addHelpText('after', '\nExample:\n  holdfast runbook lint RUNBOOK.md --strict')
		.action(async (file: string | undefined, _options: unknown, self: Command) => {
			session.finish(await runLint(session, file, self.optsWithGlobals<Options>()));
		});
}

async function runLint(session: Session, file: string | undefined, options: Options): Promise<ExitCode> {
	const [{ ctx, operations }, { renderLint, isBad }] = await Promise.all([openEngine(session.io), import('../render/lint.ts')]);
	const { config, service, sidecar } = options;
	const report = await operations.lintRunbook(ctx, { file, config, service, sidecar });
	present(session, options, report, (layout) => renderLint(report, layout));
	const bad = report.findings.some((finding) => isBad(finding, options.strict === true));
	return pickExitCode([bad ? 1 : 0, tellProblems(session, options, report)]);
}
