import type { Observation } from '@holdfast/engine/operations';
import type { Command } from 'commander';
import { type ExitCode, pickExitCode } from '../exit-code.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';
import { tellInterrupted } from '../tell-interrupted.ts';
import { startProgress } from '../terminal/progress.ts';
import { addServiceOptions, type ServiceOptions } from './service-options.ts';
import { tellNotes } from './tell-notes.ts';
import { tellProblems } from './tell-problems.ts';

type Options = GlobalOptions &
	ServiceOptions & {
		/** False after `--no-browser`. */
		readonly browser?: boolean;
	};

export function addDiagnose(program: Command, session: Session): void {
	const command = program
		.command('diagnose')
		.argument('[symptom...]', 'what is seen, in your own words; without it every issue of the runbook')
		.description('what is wrong, the proof, what it is not, the next step')
		.addHelpText(
			'after',
			'\nExamples:\n  holdfast diagnose "redirect loops"\n  holdfast diagnose --url http://localhost:3000 --runbook RUNBOOK.md',
		);
	addServiceOptions(command)
		.option('--no-browser', 'leave out what opens pages in a browser')
		.action(async (words: readonly string[], _options: unknown, self: Command) => {
			session.finish(await runDiagnose(session, words.join(' ').trim(), self.optsWithGlobals<Options>()));
		});
}

export async function runDiagnose(session: Session, symptom: string, options: Options): Promise<ExitCode> {
	const [{ ctx, operations }, { renderDiagnosis }, { exitOfDiagnosis }] = await Promise.all([
		openEngine(session.io),
		import('../render/diagnosis.ts'),
		import('../exit-of-diagnosis.ts'),
	]);
	const progress = startProgress(session.io, 'reading the runbook');
	let planned = 0;
	const answers: Observation[] = [];
	try {
		const report = await operations.diagnoseService(ctx, {
			config: options.config,
			service: options.service,
			url: options.url,
			runbook: options.runbook,
			private: options.private,
			ca: options.ca,
			history: options.history,
			browser: options.browser,
			symptom: symptom === '' ? undefined : symptom,
			overallMs: (options.overall ?? 10) * 1000,
			onPlanned: (count) => {
				planned = count;
				progress.say(`asking ${count} checks`);
			},
			onProgress: ({ answered, latest }) => {
				if (session.io.signal.aborted) return;
				answers.push(latest);
				progress.say(`${answered} of ${Math.max(planned, answered)} checks answered, last ${latest.check}`);
			},
		});
		progress.stop();
		if (session.io.signal.aborted) {
			const { observations, durationMs } = report.diagnosis;
			return tellInterrupted(session, options, { answered: answers, askedCount: observations.length, durationMs });
		}
		present(session, options, report, (layout) => renderDiagnosis(report, layout));
		tellNotes(session, options, report.notes);
		return pickExitCode([exitOfDiagnosis(report, options.strict === true), tellProblems(session, options, report)]);
	} finally {
		progress.stop();
	}
}
