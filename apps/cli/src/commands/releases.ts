import type { Command } from 'commander';
import { type GlobalOptions, present, type Session } from '../session.ts';
import { withRecord } from './with-record.ts';

interface NewOptions extends GlobalOptions {
	readonly commit?: string;
	readonly url?: string;
}

export function addReleases(program: Command, session: Session): void {
	const list = async (self: Command): Promise<void> => {
		const options = self.optsWithGlobals<GlobalOptions>();
		const [releases, { renderReleases }] = await Promise.all([
			withRecord(session, options, (record, operations) => operations.listReleases(record, { service: options.service })),
			import('../render/releases.ts'),
		]);
		present(session, options, { releases }, (layout) => renderReleases(releases, Date.now(), layout));
		session.finish(0);
	};
	const releases = program
		.command('releases')
		.description('releases that applications named, or that were told')
		.addHelpText('after', '\nExamples:\n  holdfast releases\n  holdfast releases new shop@1.4.0 --commit 4f1c2aa')
		.action(async (_options: unknown, self: Command) => await list(self));
	releases
		.command('list')
		.description('the one that came last first')
		.action(async (_options: unknown, self: Command) => await list(self));
	releases
		.command('new')
		.argument('<version>', 'as errors and sessions name it')
		.option('--commit <hash>', 'what it was built from')
		.option('--url <url>', 'where it answers')
		.description('say that a release is live now; twice is once')
		.action(async (version: string, _options: unknown, self: Command) => {
			const options = self.optsWithGlobals<NewOptions>();
			const { service, commit, url } = options;
			const added = await withRecord(session, options, (record, operations) =>
				operations.addRelease(record, { service, version, commit, url }),
			);
			const { release } = added;
			present(session, options, added, () => [
				added.added
					? `${release.version} of ${release.service} is live.`
					: `${release.version} of ${release.service} was live already: nothing changed.`,
			]);
			session.finish(0);
		});
}
