import type { Command } from 'commander';
import { type GlobalOptions, present, type Session } from '../session.ts';
import { type Operations, withRecord } from './with-record.ts';

type OnOptions = GlobalOptions & { readonly for: string; readonly reason: string };

export function addMaintenance(program: Command, session: Session): void {
	const maintenance = program
		.command('maintenance')
		.description('when a service may fail: it is written down and wakes nobody')
		.helpCommand(false)
		.addHelpText('after', '\nExample:\n  holdfast maintenance on --for 2h --reason "new oven"');
	maintenance
		.command('on')
		.description('from now on, for so long; with --service of that one only')
		.option('--for <duration>', 'from 1m to 7d', '1h')
		.option('--reason <words>', 'what is done', 'maintenance')
		.addHelpText('after', '\nExample:\n  holdfast maintenance on --service shop --for 2h --reason "new oven"')
		.action(async (_options: unknown, self: Command) => {
			const options = self.optsWithGlobals<OnOptions>();
			await runOn(session, options);
			session.finish(0);
		});
	maintenance
		.command('off')
		.description('ends what is on; with --service of that one only')
		.addHelpText('after', '\nExample:\n  holdfast maintenance off')
		.action(async (_options: unknown, self: Command) => {
			const options = self.optsWithGlobals<GlobalOptions>();
			const { renderEnded } = await import('../render/maintenance.ts');
			await withRecord(session, options, async (record, { endMaintenance }) => {
				const ended = await endMaintenance(record, { service: options.service });
				present(session, options, { ended }, () => renderEnded(ended));
			});
			session.finish(0);
		});
	maintenance
		.command('list')
		.description('what is on or lies ahead')
		.addHelpText('after', '\nExample:\n  holdfast maintenance list --json')
		.action(async (_options: unknown, self: Command) => {
			const options = self.optsWithGlobals<GlobalOptions>();
			const { renderWindows } = await import('../render/maintenance.ts');
			await withRecord(session, options, async (record, { listMaintenance }) => {
				const windows = await listMaintenance(record, { service: options.service });
				const at = await record.database.now();
				present(session, options, { windows }, (layout) => renderWindows(windows, at, layout));
			});
			session.finish(0);
		});
}

async function runOn(session: Session, options: OnOptions): Promise<void> {
	const { renderBegun } = await import('../render/maintenance.ts');
	await withRecord(session, options, async (record, operations) => {
		const { service, reason } = options;
		const window = await operations.beginMaintenance(record, { service, reason, forMs: readFor(operations, options.for) });
		present(session, options, window, () => renderBegun(window));
	});
}

function readFor({ parseDuration, OperationError }: Operations, text: string): number {
	const forMs = parseDuration(text);
	if (forMs !== null) return forMs;
	throw new OperationError('invalid', `--for ${text}: expected a duration from 1m to 7d`, { hint: 'For example: --for 2h.' });
}
