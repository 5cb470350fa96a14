import type { LogEvent } from '@holdfast/engine/operations';
import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { type GlobalOptions, layoutOf, openEngine, type Session } from '../session.ts';
import { makePrintable } from '../terminal/printable.ts';

export function addUp(program: Command, session: Session): void {
	program
		.command('up')
		.description('watch every service of the configuration until Ctrl-C: storage, monitors, incidents, notifications')
		.option('--role <names...>', 'do a part: engine watches, ingest takes what applications send; all when absent')
		.addHelpText(
			'after',
			'\nKeeps its own PostgreSQL in .holdfast/postgres, or uses DATABASE_URL.\n\nExample:\n  holdfast up --json >> holdfast.log',
		)
		.action(async (_options: unknown, self: Command) => {
			session.finish(await runUp(session, self.optsWithGlobals<GlobalOptions & { readonly role?: readonly string[] }>()), {
				afterStop: true,
			});
		});
}

async function runUp(session: Session, options: GlobalOptions & { readonly role?: readonly string[] }): Promise<ExitCode> {
	const { io } = session;
	const [{ ctx }, { startUp }, { renderEvent }] = await Promise.all([
		openEngine(io),
		import('@holdfast/engine/up'),
		import('../render/event.ts'),
	]);
	const layout = layoutOf(io, options);
	const log = (event: LogEvent): void => {
		if (options.json === true) io.stdout(`${JSON.stringify({ at: new Date().toISOString(), ...event })}\n`);
		else for (const line of renderEvent(event, layout)) io.stdout(`${line}\n`);
	};
	const say = (sentence: string): void => (options.json === true ? io.stderr : io.stdout)(`${makePrintable(sentence)}\n`);
	// What runs is not torn down by the signal but asked to end: a check that is under way is finished and stored.
	const running = await startUp(
		{ ...ctx, signal: new AbortController().signal },
		{ config: options.config, say, log, roles: options.role },
	);
	say(running.stats() === null ? 'Holdfast takes what applications send. Ctrl-C ends it.' : 'Holdfast watches. Ctrl-C ends it.');
	await untilAborted(io.signal);
	say('Stopping: what runs is finished.');
	await running.stop();
	const stats = running.stats();
	say(stats === null ? 'Stopped.' : `Stopped after ${stats.checks} checks, ${stats.missed} missed.`);
	return 0;
}

function untilAborted(signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		// A timer keeps the process alive while every connection is at rest.
		const alive = setInterval(() => undefined, 60_000);
		const end = (): void => {
			clearInterval(alive);
			resolve();
		};
		if (signal.aborted) end();
		else signal.addEventListener('abort', end, { once: true });
	});
}
