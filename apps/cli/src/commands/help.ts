import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';

export function addHelp(program: Command, session: Session): void {
	program
		.command('help')
		.argument('[topic...]', 'a check (http.health) or a command (runbook bind)')
		.description('explain a check or a command')
		.action(async (topic: readonly string[], _options: unknown, self: Command) => {
			session.finish(await runHelp(program, session, topic, self.optsWithGlobals<GlobalOptions>()));
		});
}

async function runHelp(program: Command, session: Session, topic: readonly string[], options: GlobalOptions): Promise<ExitCode> {
	const command = findCommand(program, topic);
	if (command !== null) {
		command.outputHelp();
		return 0;
	}
	const group = topic.length > 1 ? findCommand(program, topic.slice(0, 1)) : null;
	const [{ ctx, operations }, { renderExplanation }] = await Promise.all([openEngine(session.io), import('../render/explanation.ts')]);
	if (group !== null) {
		const nearest = operations.findNearestName(
			topic[1] ?? '',
			group.commands.map((one) => one.name()),
		);
		throw new operations.OperationError('not_found', `holdfast ${topic.join(' ')}: no such command`, {
			hint:
				nearest === null
					? `holdfast help ${group.name()} shows those there are.`
					: `Did you mean holdfast help ${group.name()} ${nearest}?`,
		});
	}
	const explanation = await operations.explainServiceCheck(ctx, { id: topic.join(' ') });
	present(session, options, explanation, (layout) => renderExplanation(explanation, layout));
	return 0;
}

/** The command that the words name from the top, or null when one of them names none. */
function findCommand(program: Command, topic: readonly string[]): Command | null {
	return topic.reduce<Command | null>((parent, word) => parent?.commands.find((command) => command.name() === word) ?? null, program);
}
