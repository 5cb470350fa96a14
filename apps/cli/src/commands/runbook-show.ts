import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';
import { tellProblems } from './tell-problems.ts';

type Options = GlobalOptions & { readonly sidecar?: string };

export function addRunbookShow(runbook: Command, session: Session): void {
	runbook
		.command('show')
		.argument('[file]', 'the runbook; without it the one of the service')
		.description('the document as Holdfast reads it: issues, procedures, checklists, contacts, with their bindings')
		.option('--sidecar <file>', 'bindings that stand beside the document')
		.addHelpText('after', '\nExample:\n  holdfast runbook show RUNBOOK.md --json')
		.action(async (file: string | undefined, _options: unknown, self: Command) => {
			session.finish(await runShow(session, file, self.optsWithGlobals<Options>()));
		});
}

async function runShow(session: Session, file: string | undefined, options: Options): Promise<ExitCode> {
	const [{ ctx, operations }, { renderOutline }] = await Promise.all([openEngine(session.io), import('../render/outline.ts')]);
	const shown = await operations.showRunbook(ctx, { file, config: options.config, service: options.service, sidecar: options.sidecar });
	present(session, options, shown.runbook, (layout) => renderOutline(shown, layout));
	return tellProblems(session, options, shown);
}
