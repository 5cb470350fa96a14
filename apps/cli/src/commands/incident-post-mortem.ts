import type { Command } from 'commander';
import type { GlobalOptions, Session } from '../session.ts';
import { makePrintable } from '../terminal/printable.ts';
import { formatJson } from '../terminal/safe-json.ts';
import { readIncidentNumber } from './incident-number.ts';
import { withRecord } from './with-record.ts';

export function addIncidentPostMortem(incident: Command, session: Session): void {
	incident
		.command('postmortem')
		.argument('<number>', 'which incident', readIncidentNumber)
		.description('a post-mortem as far as the record knows it, in Markdown')
		.addHelpText('after', '\nExample:\n  holdfast incident postmortem 3 > post-mortem.md')
		.action(async (id: number, _options: unknown, self: Command) => {
			const options = self.optsWithGlobals<GlobalOptions>();
			await withRecord(session, options, async (record, { draftIncidentPostMortem }) => {
				const markdown = await draftIncidentPostMortem(record, { id, service: options.service });
				session.io.stdout(options.json === true ? formatJson({ id, markdown }) : makePrintable(markdown));
			});
			session.finish(0);
		});
}
