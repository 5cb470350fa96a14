import type { Command } from 'commander';
import { type GlobalOptions, present, type Session } from '../session.ts';
import { withRecord } from './with-record.ts';

interface Options extends GlobalOptions {
	readonly since?: string;
	readonly device?: string;
	readonly release?: string;
}

export function addVitals(program: Command, session: Session): void {
	program
		.command('vitals')
		.description('how fast pages feel to visitors: the 75th percentile by route and device')
		.option('--since <when>', 'measured since: 24h, 7d or a date; the last day when absent')
		.option('--device <device>', 'phone, desktop or other')
		.option('--release <version>', 'measured in this release')
		.addHelpText('after', '\nExample:\n  holdfast vitals --since 7d --device phone')
		.action(async (_options: unknown, self: Command) => {
			const options = self.optsWithGlobals<Options>();
			const { service, since, device, release } = options;
			const [routes, { renderVitals }] = await Promise.all([
				withRecord(session, options, (record, operations) => operations.listVitals(record, { service, since, device, release })),
				import('../render/vitals.ts'),
			]);
			present(session, options, { routes }, (layout) => renderVitals(routes, since ?? '24h', layout));
			session.finish(0);
		});
}
