import type { Command } from 'commander';
import { type GlobalOptions, present, type Session } from '../session.ts';
import { readIncidentNumber } from './incident-number.ts';
import { withRecord } from './with-record.ts';

export function addIncidentShow(incident: Command, session: Session): void {
	incident
		.command('show')
		.argument('<number>', 'which incident', readIncidentNumber)
		.description('cause, proof and next step, people, timeline')
		.addHelpText('after', '\nExample:\n  holdfast incident show 3')
		.action(async (id: number, _options: unknown, self: Command) => {
			const options = self.optsWithGlobals<GlobalOptions>();
			const { renderIncident } = await import('../render/incident.ts');
			await withRecord(session, options, async (record, { showIncident }) => {
				const shown = await showIncident(record, { id, service: options.service });
				present(session, options, shown, (layout) => renderIncident(shown, layout));
			});
			session.finish(0);
		});
}
