import type { Observation } from '@holdfast/engine/operations';
import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';
import { startProgress } from '../terminal/progress.ts';
import { addServiceOptions, type ServiceOptions } from './service-options.ts';
import { tellNotes } from './tell-notes.ts';

type Options = GlobalOptions &
	ServiceOptions & { readonly when?: string; readonly actions?: string; readonly out?: string; readonly browser?: boolean };

export function addGather(program: Command, session: Session, version: string): void {
	const command = program
		.command('gather')
		.argument('[symptom...]', 'what is seen, in your own words: kept with the evidence')
		.description('everything that is known now, in one signed bundle')
		.addHelpText(
			'after',
			'\nThe bundle proves itself: holdfast verify FILE.jsonl. What Holdfast and the environment file know as a secret (six characters or more) is masked in it.\n\nExamples:\n  holdfast gather "users cannot log in" --when 03:12 --actions "changed the password"\n  holdfast gather --out incident.jsonl',
		);
	addServiceOptions(command)
		.option('--when <time>', 'when it occurred, as it was told')
		.option('--actions <words>', 'what users did before it')
		.option('--out <file>', 'the bundle, ending in .jsonl; the same as Markdown is written beside it')
		.option('--no-browser', 'leave out what opens pages in a browser')
		.action(async (words: readonly string[], _options: unknown, self: Command) => {
			session.finish(await runGather(session, words.join(' ').trim(), { ...self.optsWithGlobals<Options>(), version }));
		});
}

async function runGather(session: Session, symptom: string, options: Options & { readonly version: string }): Promise<ExitCode> {
	const [{ ctx, operations }, { renderGathered }] = await Promise.all([openEngine(session.io), import('../render/evidence.ts')]);
	const progress = startProgress(session.io, 'reading the runbook');
	try {
		const report = await operations.gatherEvidence(ctx, {
			config: options.config,
			service: options.service,
			url: options.url,
			runbook: options.runbook,
			private: options.private,
			ca: options.ca,
			history: options.history,
			browser: options.browser,
			symptom: symptom === '' ? undefined : symptom,
			when: options.when ?? null,
			actions: options.actions ?? null,
			out: options.out,
			version: options.version,
			overallMs: (options.overall ?? 10) * 1000,
			onPlanned: (count) => progress.say(`asking ${count} checks`),
			onProgress: ({ answered, latest }: { readonly answered: number; readonly latest: Observation }) =>
				progress.say(`${answered} answered, last ${latest.check}`),
		});
		progress.stop();
		const { diagnosis, ...files } = report;
		present(session, options, { ...files, roots: diagnosis.diagnosis.roots }, (layout) => renderGathered(report, layout));
		tellNotes(session, options, diagnosis.notes);
		return 0;
	} finally {
		progress.stop();
	}
}
