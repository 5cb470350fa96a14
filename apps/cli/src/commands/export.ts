import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { renderExported } from '../render/transfer.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';
import { makePrintable } from '../terminal/printable.ts';
import { startProgress } from '../terminal/progress.ts';

type Options = GlobalOptions & { readonly overwrite?: boolean; readonly withKeys?: boolean };

export function addExport(program: Command, session: Session, version: string): void {
	program
		.command('export')
		.argument('<file>', 'where to write it, for example holdfast-export.gz')
		.description('everything Holdfast knows, of one moment, in one file; goes on while it runs')
		.option('--overwrite', 'take the place of a file that is there')
		.option('--with-keys', 'also the private key that evidence is signed with: the file is then a secret')
		.addHelpText(
			'after',
			'\nNot in it: holdfast.yaml, runbooks, secrets, and without --with-keys .holdfast/keys.\n\nExample:\n  holdfast export /backup/holdfast-2026-11-28.gz',
		)
		.action(async (file: string, _options: unknown, self: Command) => {
			session.finish(await runExport(session, self.optsWithGlobals<Options>(), { file, version }));
		});
}

async function runExport(session: Session, options: Options, { file, version }: { file: string; version: string }): Promise<ExitCode> {
	const { io } = session;
	const [{ ctx }, { exportToFile }] = await Promise.all([openEngine(io), import('@holdfast/engine/transfer')]);
	const progress = startProgress(io, 'Exporting');
	try {
		const report = await exportToFile(ctx, {
			file,
			config: options.config,
			overwrite: options.overwrite === true,
			withKeys: options.withKeys === true,
			product: version,
			say: (sentence) => io.stderr(`${makePrintable(sentence)}\n`),
			onProgress: ({ table, rows, ofRows }) => progress.say(`Exporting ${table}: ${rows} of ${ofRows} rows`),
		});
		progress.stop();
		present(session, options, report, () => renderExported(report));
		return 0;
	} finally {
		progress.stop();
	}
}
