import type { Severity } from '@holdfast/engine/operations';
import { type Command, Option } from 'commander';
import { type GlobalOptions, present, type Session } from '../session.ts';
import { withRecord } from './with-record.ts';

type Options = GlobalOptions & { readonly severity: Severity; readonly text?: string };

export function addIncidentOpen(incident: Command, session: Session): void {
	incident
		.command('open')
		.argument('<title...>', 'what is wrong, in a few words')
		.description('tell people of what no monitor sees')
		.addOption(new Option('--severity <severity>', 'how bad it is').choices(['critical', 'major', 'minor', 'info']).default('major'))
		.option('--text <words>', 'more about it')
		.addHelpText(
			'after',
			'\nIt ends on a word: holdfast incident resolve NUMBER.\n\nExample:\n  holdfast incident open "Orders are sent twice" --severity critical',
		)
		.action(async (words: readonly string[], _options: unknown, self: Command) => {
			const options = self.optsWithGlobals<Options>();
			const { renderChanged } = await import('../render/incidents.ts');
			await withRecord(session, options, async (record, { openIncident }) => {
				const { service, severity, text } = options;
				const opened = await openIncident(record, { service, title: words.join(' '), severity, text });
				present(session, options, opened, () => renderChanged(opened, 'is open'));
			});
			session.finish(0);
		});
}
