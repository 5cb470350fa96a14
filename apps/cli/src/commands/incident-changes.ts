/** What a person does to an incident: each a number, some words, one operation, one sentence of what it is now. */
import type { Incident, RecordContext } from '@holdfast/engine/operations';
import type { Command } from 'commander';
import { type GlobalOptions, present, type Session } from '../session.ts';
import { readIncidentNumber } from './incident-number.ts';
import { type Operations, withRecord } from './with-record.ts';

interface Change {
	readonly name: string;
	readonly description: string;
	readonly example: string;
	/** Arguments after the number. */
	readonly takes: readonly (readonly [name: string, description: string])[];
	readonly act: (operations: Operations, record: RecordContext, input: ChangeInput) => Promise<Incident>;
	/** What it is now: `is acknowledged`. */
	readonly done: string;
}

interface ChangeInput {
	readonly id: number;
	readonly service: string | undefined;
	readonly words: readonly string[];
}

const REMARK = ['[text...]', 'a remark for the timeline'] as const;
const join = (words: readonly string[]): string => words.join(' ');

const changes: readonly Change[] = [
	{
		name: 'ack',
		description: 'take care of it: others see that somebody does',
		example: 'holdfast incident ack 3 looking at the fuse',
		takes: [REMARK],
		act: ({ acknowledgeIncident }, record, { words, ...which }) => acknowledgeIncident(record, { ...which, text: join(words) }),
		done: 'is acknowledged',
	},
	{
		name: 'note',
		description: 'add a remark to its timeline',
		example: 'holdfast incident note 3 the fuse blew',
		takes: [['<text...>', 'the remark']],
		act: ({ noteIncident }, record, { words, ...which }) => noteIncident(record, { ...which, text: join(words) }),
		done: 'has the note',
	},
	{
		name: 'resolve',
		description: 'it is over',
		example: 'holdfast incident resolve 3 the fuse is replaced',
		takes: [REMARK],
		act: ({ resolveIncident }, record, { words, ...which }) => resolveIncident(record, { ...which, text: join(words) }),
		done: 'is resolved',
	},
	{
		name: 'reopen',
		description: 'it was not over',
		example: 'holdfast incident reopen 3',
		takes: [REMARK],
		act: ({ reopenIncident }, record, { words, ...which }) => reopenIncident(record, { ...which, text: join(words) }),
		done: 'is open again',
	},
	{
		name: 'merge',
		description: 'it is part of another one, which takes its monitors',
		example: 'holdfast incident merge 4 3',
		takes: [['<into>', 'the incident that stays']],
		act: ({ mergeIncident }, record, { words, ...which }) => mergeIncident(record, { ...which, into: readIncidentNumber(join(words)) }),
		done: 'is merged',
	},
	{
		name: 'role',
		description: 'who does what in it; without a name the role is nobody’s again',
		example: 'holdfast incident role 3 lead Ada',
		takes: [
			['<role>', 'lead, communication, or another word'],
			['[name...]', 'the person'],
		],
		act: ({ assignIncidentRole }, record, { words: [role = '', ...name], ...which }) =>
			assignIncidentRole(record, { ...which, role, name: join(name) }),
		done: 'has the role',
	},
];

export function addIncidentChanges(incident: Command, session: Session): void {
	for (const { name, description, example, takes, act, done } of changes) {
		const command = incident.command(name).argument('<number>', 'which incident', readIncidentNumber).description(description);
		for (const [argument, explanation] of takes) {
			if (argument === '<into>') command.argument(argument, explanation, (value) => String(readIncidentNumber(value)));
			else command.argument(argument, explanation);
		}
		command.addHelpText('after', `\nExample:\n  ${example}`).action(async (...given: readonly unknown[]) => {
			const options = command.optsWithGlobals<GlobalOptions>();
			const id = Number(given[0]);
			const words = given
				.slice(1, takes.length + 1)
				.flat()
				.filter((word) => typeof word === 'string');
			const { renderChanged } = await import('../render/incidents.ts');
			await withRecord(session, options, async (record, operations) => {
				const changed = await act(operations, record, { id, service: options.service, words });
				present(session, options, changed, () => renderChanged(changed, done));
			});
			session.finish(0);
		});
	}
}
