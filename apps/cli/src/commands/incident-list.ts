import type { Command } from 'commander';
import { type GlobalOptions, present, type Session } from '../session.ts';
import { withRecord } from './with-record.ts';

type Options = GlobalOptions & { readonly all?: boolean };

export function addIncidentList(incident: Command, session: Session): void {
	incident
		.command('list', { isDefault: true })
		.allowExcessArguments()
		.description('those that are open')
		.option('--all', 'also those that are over, the newest hundred')
		.addHelpText('after', '\nExample:\n  holdfast incident --all --json')
		.action(async (_options: unknown, self: Command) => {
			await runList(session, {
				...self.optsWithGlobals<Options>(),
				words: self.args,
				known: incident.commands.map((command) => command.name()),
			});
			session.finish(0);
		});
}

async function runList(
	session: Session,
	options: Options & { readonly words: readonly string[]; readonly known: readonly string[] },
): Promise<void> {
	const { renderIncidents } = await import('../render/incidents.ts');
	const [word] = options.words;
	if (word !== undefined) {
		const { findNearestName, OperationError } = await import('@holdfast/engine/operations');
		const nearest = findNearestName(word, options.known);
		throw new OperationError('invalid', `incident ${word}: no such command`, {
			hint: nearest === null ? `Known: ${options.known.join(', ')}.` : `Did you mean holdfast incident ${nearest}?`,
		});
	}
	await withRecord(session, options, async (record, { listIncidents }) => {
		const incidents = await listIncidents(record, { service: options.service, state: options.all === true ? 'all' : 'open' });
		const at = new Date(await record.database.now()).toISOString();
		present(session, options, { at, incidents }, (layout) => renderIncidents(incidents, { at, all: options.all === true }, layout));
	});
}
