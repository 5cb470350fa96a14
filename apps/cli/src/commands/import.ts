import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { renderImported } from '../render/transfer.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';
import { makePrintable } from '../terminal/printable.ts';
import { startProgress } from '../terminal/progress.ts';

type Options = GlobalOptions & { readonly replace?: boolean; readonly yes?: boolean };

export function addImport(program: Command, session: Session): void {
	program
		.command('import')
		.argument('<file>', 'a file that holdfast export wrote')
		.description('an export into the empty database of this installation, all of it or nothing')
		.option('--replace', 'instead of what is in the database, which is then lost; needs --yes')
		.option('--yes', 'said by a person who has read what --replace does')
		.addHelpText('after', '\nEnd holdfast up before.\n\nExample:\n  holdfast import /backup/holdfast-2026-11-28.gz')
		.action(async (file: string, _options: unknown, self: Command) => {
			session.finish(await runImport(session, self.optsWithGlobals<Options>(), file));
		});
}

async function runImport(session: Session, options: Options, file: string): Promise<ExitCode> {
	const { io } = session;
	const [{ ctx, operations }, { importFromFile }] = await Promise.all([openEngine(io), import('@holdfast/engine/transfer')]);
	if (options.replace === true && options.yes !== true)
		throw new operations.OperationError('conflict', '--replace loses everything that this database holds', {
			hint: 'Export it first (holdfast export FILE), then add --yes.',
		});
	const progress = startProgress(io, 'Importing');
	try {
		const manifest = await importFromFile(ctx, {
			file,
			config: options.config,
			replace: options.replace === true,
			say: (sentence) => io.stderr(`${makePrintable(sentence)}\n`),
			onProgress: ({ table, rows, ofRows }) => progress.say(`Importing ${table}: ${rows} of ${ofRows} rows`),
		});
		progress.stop();
		present(session, options, { file, ...manifest }, () => renderImported(file, manifest));
		return 0;
	} finally {
		progress.stop();
	}
}
