import type { ErrorGroup } from '@holdfast/engine/operations';
import type { Command } from 'commander';
import { type GlobalOptions, present, type Session } from '../session.ts';
import { withRecord } from './with-record.ts';

interface ListOptions extends GlobalOptions {
	readonly since?: string;
	readonly state?: string;
	readonly release?: string;
}

export function addErrors(program: Command, session: Session): void {
	const errors = program
		.command('errors')
		.description('errors that applications reported, the most frequent first')
		.option('--since <when>', 'seen since: 24h, 7d or a date; the last day when absent')
		.option('--state <state>', 'open, resolved, ignored or all; open when absent')
		.option('--release <version>', 'seen in this release')
		.addHelpText(
			'after',
			'\nExamples:\n  holdfast errors --since 7d\n  holdfast errors show 12\n  holdfast errors resolve 12 --in-release shop@1.4.0',
		)
		.action(async (_options: unknown, self: Command) => {
			await runList(session, self.optsWithGlobals<ListOptions>());
		});
	errors
		.command('show')
		.argument('<id>', 'number of the error')
		.description('its stack, release, breadcrumbs and days')
		.action(async (id: string, _options: unknown, self: Command) => {
			await runShow(session, readId(id), self.optsWithGlobals<GlobalOptions>());
		});
	errors
		.command('resolve')
		.argument('<id>', 'number of the error')
		.option('--in-release [version]', 'the mend is in this release; without a version in the next one')
		.description('seen again after the mend it is open again')
		.action(async (id: string, _options: unknown, self: Command) => {
			const options = self.optsWithGlobals<GlobalOptions & { readonly inRelease?: string | boolean }>();
			const { service, inRelease } = options;
			const group = await withRecord(session, options, (record, operations) =>
				operations.resolveError(record, { id: readId(id), service, inRelease }),
			);
			tell(session, options, group, `Error ${group.id} is resolved. Seen again after the mend, it is open again.`);
		});
	errors
		.command('ignore')
		.argument('<id>', 'number of the error')
		.description('counted on, and said no more')
		.action(async (id: string, _options: unknown, self: Command) => {
			const options = self.optsWithGlobals<GlobalOptions>();
			const group = await withRecord(session, options, (record, operations) =>
				operations.ignoreError(record, { id: readId(id), service: options.service }),
			);
			tell(session, options, group, `Error ${group.id} is ignored: counted on, and said no more.`);
		});
	errors
		.command('reopen')
		.argument('<id>', 'number of the error')
		.description('open again, after resolve or ignore')
		.action(async (id: string, _options: unknown, self: Command) => {
			const options = self.optsWithGlobals<GlobalOptions>();
			const group = await withRecord(session, options, (record, operations) =>
				operations.reopenError(record, { id: readId(id), service: options.service }),
			);
			tell(session, options, group, `Error ${group.id} is open again.`);
		});
}

/** What is no number is no error's: the operation says so. */
function readId(text: string): number {
	return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

async function runList(session: Session, options: ListOptions): Promise<void> {
	const { service, since, state, release } = options;
	const [groups, { renderErrors }] = await Promise.all([
		withRecord(session, options, (record, operations) => operations.listErrors(record, { service, since, state, release })),
		import('../render/errors.ts'),
	]);
	present(session, options, { errors: groups }, (layout) =>
		renderErrors(groups, { now: Date.now(), since: since ?? '24h', state: state ?? 'open' }, layout),
	);
	session.finish(0);
}

async function runShow(session: Session, id: number, options: GlobalOptions): Promise<void> {
	const [record, { renderError }] = await Promise.all([
		withRecord(session, options, (opened, operations) => operations.showError(opened, { id, service: options.service })),
		import('../render/error.ts'),
	]);
	present(session, options, record, (layout) => renderError(record, Date.now(), layout));
	session.finish(0);
}

function tell(session: Session, options: GlobalOptions, group: ErrorGroup, sentence: string): void {
	present(session, options, group, () => [sentence]);
	session.finish(0);
}
