import type { InitialisedService } from '@holdfast/engine/operations';
import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { type GlobalOptions, layoutOf, openEngine, type Session } from '../session.ts';
import { formatCount } from '../terminal/format-duration.ts';
import { makePrintable } from '../terminal/printable.ts';
import { startProgress } from '../terminal/progress.ts';
import { runDiagnose } from './diagnose.ts';
import { readInitArguments } from './init-arguments.ts';

type Options = GlobalOptions & { readonly private?: boolean; readonly dryRun?: boolean; readonly writeAnyway?: boolean };

export function addInit(program: Command, session: Session): void {
	program
		.command('init')
		.argument('[runbook]', 'the runbook; without it the one that lies here')
		.argument('[url]', 'where the application runs; without it the URL that the runbook names')
		.description('from a document and a URL to a configuration, a bound runbook and a first diagnosis')
		.option('--private', 'private addresses are allowed (a loopback URL implies it)')
		.option('--dry-run', 'show everything, write nothing')
		.option('--write-anyway', 'write although the application does not answer')
		.addHelpText('after', '\nExamples:\n  holdfast init RUNBOOK.md http://localhost:3000\n  holdfast init https://shop.example --dry-run')
		.action(async (first: string | undefined, second: string | undefined, _options: unknown, self: Command) => {
			session.finish(await runInit(session, [first, second], self.optsWithGlobals<Options>()));
		});
}

async function runInit(session: Session, given: readonly (string | undefined)[], options: Options): Promise<ExitCode> {
	const [{ ctx, operations }, { renderNotWritten, renderProposal, renderWritten }] = await Promise.all([
		openEngine(session.io),
		import('../render/proposal.ts'),
	]);
	const { io } = session;
	const read = readInitArguments(given.filter((word) => word !== undefined));
	if (!read.ok)
		throw new operations.OperationError('invalid', read.message, { hint: 'For example: holdfast init RUNBOOK.md http://localhost:3000' });
	// With --json stdout belongs to the diagnosis at the end: the words go to stderr.
	const tell = (lines: readonly string[]): void => (options.json === true ? io.stderr : io.stdout)(`${lines.join('\n')}\n`);
	const layout = layoutOf(io, options.json === true ? { ...options, color: false } : options);
	const progress = startProgress(io, 'looking at the application');
	const { file, url } = read;
	const proposal = await operations
		.proposeService(ctx, { file, url, private: options.private, config: options.config, service: options.service })
		.finally(() => progress.stop());
	if (io.signal.aborted) {
		io.stderr('Stopped before anything was written.\n');
		return 130;
	}
	tell(renderProposal(proposal, layout));
	const writes = options.dryRun !== true && (proposal.probe.reachable || options.writeAnyway === true);
	const written = writes ? await operations.initialiseService(ctx, proposal) : null;
	if (written !== null) tell(renderWritten(written, layout));
	else if (options.dryRun !== true) tell(renderNotWritten(proposal, layout));
	tell(['']);
	const common = { ...options, config: undefined, service: undefined };
	const selection =
		written === null ? { url: proposal.url, runbook: proposal.runbook, private: proposal.private } : { config: proposal.configPath };
	// A first look: what is remembered begins with the first diagnosis that a person asks for.
	const code = await runDiagnose(session, '', stripUndefined({ ...common, private: undefined, ...selection, history: false }));
	if (io.signal.aborted && written !== null) io.stderr(`${makePrintable(nameWritten(written))}\n`);
	return code;
}

function nameWritten({ config, runbook, boundLines }: InitialisedService): string {
	return `Written before that: ${config}${boundLines > 0 ? `, and ${formatCount(boundLines, 'binding')} into ${runbook}` : ''}.`;
}

function stripUndefined<Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
	return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
		[Key in keyof Value]: Exclude<Value[Key], undefined>;
	};
}
