import type { BundleVerdict } from '@holdfast/engine/operations';
import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { type GlobalOptions, openEngine, present, type Session } from '../session.ts';

type Options = GlobalOptions & { readonly key?: string };

export function addVerify(program: Command, session: Session): void {
	program
		.command('verify')
		.argument('<bundle>', 'a file that holdfast gather wrote')
		.description('whether evidence is as it was sealed; needs no network')
		.option('--key <key>', 'public key that it must be signed with: base64, or a file that holds it')
		.addHelpText(
			'after',
			'\nWithout --key the key of this instance (.holdfast/keys in this folder) counts as known.\nExit codes: 0 unbroken and signed by a known key · 3 unbroken, signer unknown · 1 broken · 2 no bundle.\n\nExample:\n  holdfast verify holdfast-evidence-shop-20261124T031200Z.jsonl',
		)
		.action(async (file: string, _options: unknown, self: Command) => {
			session.finish(await runVerify(session, file, self.optsWithGlobals<Options>()));
		});
}

async function runVerify(session: Session, file: string, options: Options): Promise<ExitCode> {
	const [{ ctx, operations }, { renderVerdict }] = await Promise.all([openEngine(session.io), import('../render/evidence.ts')]);
	const report = await operations.verifyEvidence(ctx, { file, key: options.key, config: options.config });
	present(session, options, report, (layout) => renderVerdict(report, layout));
	return exitOf(report.verdict);
}

function exitOf(verdict: BundleVerdict): ExitCode {
	switch (verdict.kind) {
		case 'signed':
			return 0;
		case 'signer-unknown':
			return 3;
		case 'broken':
			return 1;
		case 'no-bundle':
			return 2;
	}
}
