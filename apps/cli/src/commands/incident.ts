import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { addIncidentChanges } from './incident-changes.ts';
import { addIncidentList } from './incident-list.ts';
import { addIncidentOpen } from './incident-open.ts';
import { addIncidentPostMortem } from './incident-post-mortem.ts';
import { addIncidentShow } from './incident-show.ts';

export function addIncident(program: Command, session: Session): void {
	const incident = program
		.command('incident')
		.description('what is wrong or was, who takes care of it, and what became of it')
		.helpCommand(false)
		.addHelpText(
			'after',
			'\nWithout a command: those that are open.\n\nExamples:\n  holdfast incident\n  holdfast incident show 3\n  holdfast incident ack 3',
		);
	addIncidentList(incident, session);
	addIncidentShow(incident, session);
	addIncidentOpen(incident, session);
	addIncidentChanges(incident, session);
	addIncidentPostMortem(incident, session);
}
