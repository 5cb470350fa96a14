import type { Observation } from '@holdfast/engine/operations';
import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';
import { tellInterrupted } from '../tell-interrupted.ts';
import { startProgress } from '../terminal/progress.ts';
import { readCheckArguments } from './check-arguments.ts';
import { addServiceOptions, type ServiceOptions } from './service-options.ts';
import { tellNotes } from './tell-notes.ts';

type Options = GlobalOptions & ServiceOptions & { readonly list?: boolean; readonly verbose?: boolean };

export function addCheck(program: Command, session: Session): void {
	const command = program
		.command('check')
		.argument('[id...]', 'checks, each followed by its parameters as key=value; none: every check that needs no parameter')
		.description('ask single checks')
		.option('--list', 'every check there is')
		.option('--verbose', 'also what was seen and how long each phase took')
		.addHelpText(
			'after',
			'\nExamples:\n  holdfast check http.health path=/api/health tls.certificate\n  holdfast check --url https://shop.example',
		);
	addServiceOptions(command, { runbook: false }).action(async (words: readonly string[], _options: unknown, self: Command) => {
		const options = self.optsWithGlobals<Options>();
		session.finish(await (options.list === true ? runList(session, options) : runCheck(session, words, options)));
	});
}

async function runCheck(session: Session, words: readonly string[], options: Options): Promise<ExitCode> {
	const [{ ctx, operations }, { renderChecks }, { exitOfChecks }] = await Promise.all([
		openEngine(session.io),
		import('../render/checks.ts'),
		import('../exit-of-diagnosis.ts'),
	]);
	const read = readCheckArguments(words);
	if (!read.ok)
		throw new operations.OperationError('invalid', read.message, { hint: 'For example: holdfast check http.health path=/api/health' });
	const progress = startProgress(session.io, 'asking');
	const answers: Observation[] = [];
	try {
		const report = await operations.runServiceCheck(ctx, {
			config: options.config,
			service: options.service,
			url: options.url,
			private: options.private,
			ca: options.ca,
			history: options.history,
			requests: read.requests,
			overallMs: (options.overall ?? 10) * 1000,
			onProgress: ({ answered, latest }) => {
				if (session.io.signal.aborted) return;
				answers.push(latest);
				progress.say(`${answered} answered, last ${latest.check}`);
			},
		});
		progress.stop();
		if (session.io.signal.aborted) {
			const { observations, durationMs } = report;
			return tellInterrupted(session, options, { answered: answers, askedCount: observations.length, durationMs });
		}
		present(session, options, report, (layout) => renderChecks(report, layout, options.verbose === true));
		tellNotes(session, options, report.notes);
		const named = read.requests.map(({ id }) => id);
		return exitOfChecks({ observations: report.observations, named, strict: options.strict === true });
	} finally {
		progress.stop();
	}
}

async function runList(session: Session, options: Options): Promise<ExitCode> {
	const [{ ctx, operations }, { renderCheckList }] = await Promise.all([openEngine(session.io), import('../render/check-list.ts')]);
	const checks = await operations.listChecks(ctx);
	present(session, options, checks, (layout) => renderCheckList(checks, layout));
	return 0;
}
