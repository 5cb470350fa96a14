import type { Command } from 'commander';
import { type ExitCode, pickExitCode } from '../exit-code.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';

export function addChannels(program: Command, session: Session): void {
	const channels = program
		.command('channels')
		.description('the ways by which people are told: whom they reach, the last delivery, whether they fail')
		.addHelpText('after', '\nExample:\n  holdfast channels --json')
		.action(async (_options: unknown, self: Command) => {
			session.finish(await runList(session, self.optsWithGlobals<GlobalOptions>()));
		});
	channels
		.command('test')
		.argument('[name...]', 'channels of the configuration; all when none is named')
		.description('send a test message by each channel, once')
		.addHelpText('after', '\nExits 1 when one of them did not take it.\n\nExample:\n  holdfast channels test ops')
		.action(async (names: readonly string[], _options: unknown, self: Command) => {
			session.finish(await runTest(session, names, self.optsWithGlobals<GlobalOptions>()));
		});
}

async function runList(session: Session, options: GlobalOptions): Promise<ExitCode> {
	const [{ ctx, operations }, { openChannelsHere }, { renderChannels }] = await Promise.all([
		openEngine(session.io),
		import('@holdfast/engine/channels'),
		import('../render/channels.ts'),
	]);
	const here = await openChannelsHere(ctx, options.config, { database: 'if-there' });
	try {
		const channels = await operations.listChannels(here.record?.database.pool ?? null, here);
		const unreachable = here.contacts.flatMap(({ service, runbook, contacts }) =>
			contacts.filter(({ ways }) => ways.length === 0).map(({ name, line }) => ({ service, name, runbook, line })),
		);
		const report = { channels, unreachableContacts: unreachable, unknown: here.unknown };
		present(session, options, report, (layout) => renderChannels({ ...report, at: ctx.clock.now() }, layout));
		const isFailing = channels.some(({ record, problem }) => (record?.failing ?? null) !== null || problem !== null);
		return pickExitCode([isFailing ? 1 : 0, options.strict === true && here.unknown !== null ? 3 : 0]);
	} finally {
		await here.close();
	}
}

async function runTest(session: Session, names: readonly string[], options: GlobalOptions): Promise<ExitCode> {
	const [{ ctx, operations }, { openChannelsHere }, { renderChannelTests }] = await Promise.all([
		openEngine(session.io),
		import('@holdfast/engine/channels'),
		import('../render/channels.ts'),
	]);
	const here = await openChannelsHere(ctx, options.config, { database: 'for-inbox', names });
	try {
		const tests = await operations.testChannels(here.port, {
			names,
			now: ctx.clock.now(),
			elapsed: () => performance.now(),
			signal: ctx.signal,
		});
		present(session, options, { tests }, (layout) => renderChannelTests(tests, layout));
		return tests.every(({ outcome }) => outcome === 'delivered') ? 0 : 1;
	} finally {
		await here.close();
	}
}
