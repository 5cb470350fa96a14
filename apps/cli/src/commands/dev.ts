import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { FaultBench } from '../dev/load-faults.ts';
import type { ExitCode } from '../exit-code.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';
import { makePrintable } from '../terminal/printable.ts';

export function addDev(program: Command, session: Session): void {
	const dev = program.command('dev').description('in a checkout of Holdfast: break a deployment of the example on purpose');
	dev
		.command('break')
		.argument('<fault>', 'one of holdfast dev faults')
		.description('break the example that npm start runs; without it, start a broken deployment and keep it until Ctrl-C')
		.addHelpText('after', '\nExample:\n  holdfast dev break FAULT')
		.action(async (fault: string, _options: unknown, self: Command) => {
			session.finish(await runBreak(session, fault, self.optsWithGlobals<GlobalOptions>()));
		});
	dev
		.command('mend')
		.description('undo what holdfast dev break did')
		.action(async (_options: unknown, self: Command) => {
			const options = self.optsWithGlobals<GlobalOptions>();
			const sentence = await (await openBench(session)).mend({ config: placeOf(options) });
			present(session, options, { message: sentence }, () => [makePrintable(sentence)]);
		});
	dev
		.command('faults')
		.description('every fault there is, by the causes of the example’s runbook that it stands for')
		.action(async (_options: unknown, self: Command) => {
			const bench = await openBench(session);
			const faults = await bench.listFaults();
			const { renderFaults } = await import('../render/faults.ts');
			present(session, self.optsWithGlobals<GlobalOptions>(), faults, (layout) => renderFaults(faults, layout));
		});
}

async function runBreak(session: Session, id: string, options: GlobalOptions): Promise<ExitCode> {
	const bench = await openBench(session);
	const ids = (await bench.listFaults()).map((fault) => fault.id);
	const { operations } = await openEngine(session.io);
	if (!ids.includes(id)) {
		const nearest = operations.findNearestName(id, ids);
		throw new operations.OperationError('not_found', `${id}: no such fault`, {
			hint: nearest === null ? 'holdfast dev faults shows those there are.' : `Did you mean holdfast dev break ${nearest}?`,
		});
	}
	// There is no data: with --json stdout stays empty.
	const tell = options.json === true ? session.io.stderr : session.io.stdout;
	try {
		await bench.breakWith(id, { say: (line) => tell(`${makePrintable(line)}\n`), signal: session.io.signal, config: placeOf(options) });
	} catch (cause) {
		if (session.io.signal.aborted) throw cause;
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new operations.OperationError('precondition', `nothing was broken: ${reason}`, { cause });
	}
	return 0;
}

function placeOf({ config }: GlobalOptions): string | undefined {
	return config === undefined ? undefined : resolve(config);
}

async function openBench({ io }: Session): Promise<FaultBench> {
	const { loadFaults } = await import('../dev/load-faults.ts');
	const bench = await loadFaults();
	if (bench !== null) return bench;
	const { operations } = await openEngine(io);
	throw new operations.OperationError(
		'not_found',
		'holdfast dev works in a checkout of Holdfast only: the faults are not part of what is installed',
		{
			hint: 'Clone the repository, run npm ci there, then npx holdfast dev faults.',
		},
	);
}
