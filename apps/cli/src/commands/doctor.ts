import type { Command } from 'commander';
import { type ExitCode, pickExitCode } from '../exit-code.ts';
import { renderDoctor } from '../render/doctor.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';

export function addDoctor(program: Command, session: Session): void {
	program
		.command('doctor')
		.description('what is missing on this machine and in the configuration, and how to get it')
		.addHelpText(
			'after',
			'\nStarts nothing, writes nothing. Exit codes: 0 nothing needed is missing · 1 something is · 3 something could not be told.\n\nExample:\n  holdfast doctor --json',
		)
		.action(async (_options: unknown, self: Command) => {
			session.finish(await runDoctor(session, self.optsWithGlobals<GlobalOptions>()));
		});
}

async function runDoctor(session: Session, options: GlobalOptions): Promise<ExitCode> {
	const [{ ctx }, { examine }] = await Promise.all([openEngine(session.io), import('@holdfast/engine/doctor')]);
	const report = await examine(ctx, { config: options.config });
	present(session, options, report, (layout) => renderDoctor(report, layout));
	return pickExitCode([report.missing > 0 ? 1 : 0, report.unknown > 0 ? 3 : 0]);
}
