import type { Command } from 'commander';
import { type ExitCode, pickExitCode } from '../exit-code.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';

export function addStatus(program: Command, session: Session): void {
	program
		.command('status')
		.description('what holdfast up knows now: monitors by state, open incidents, how late it is')
		.addHelpText('after', '\nExample:\n  holdfast status --json')
		.action(async (_options: unknown, self: Command) => {
			session.finish(await runStatus(session, self.optsWithGlobals<GlobalOptions>()));
		});
}

async function runStatus(session: Session, options: GlobalOptions): Promise<ExitCode> {
	const [{ ctx, operations }, { openRecord }, { renderStatus }] = await Promise.all([
		openEngine(session.io),
		import('@holdfast/engine/record'),
		import('../render/status.ts'),
	]);
	const record = await openRecord(ctx, options.config);
	try {
		const status = await operations.readStatus(record, { service: options.service });
		present(session, options, status, (layout) => renderStatus(status, layout));
		const counts = status.services.map(({ monitors }) => monitors);
		const isFailing = status.incidents.length > 0 || counts.some(({ fail }) => fail > 0);
		const isUntold = status.watcher.isLate || counts.some(({ unknown, new: unseen }) => unknown + unseen > 0);
		return pickExitCode([isFailing ? 1 : 0, isUntold ? 3 : 0]);
	} finally {
		await record.close();
	}
}
