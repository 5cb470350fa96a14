import { recordAudit } from '../../audit/record.ts';
import { keepParcels } from '../../intake/keep-parcels.ts';
import { parcelOfNotice } from '../../intake/parcel.ts';
import { type AppRelease, readReleases } from '../../intake/read-releases.ts';
import { OperationError } from '../../operation-error.ts';
import type { RecordContext } from '../../ports.ts';

export interface AddReleaseInput {
	readonly service?: string | undefined;
	readonly version: string;
	readonly commit?: string | undefined;
	readonly url?: string | undefined;
}

export interface AddedRelease {
	readonly release: AppRelease;
	/** False: it was known to be live already, and nothing changed. */
	readonly added: boolean;
}

/** Says that a release is live now. The same once more changes nothing. @throws OperationError `invalid`, `not_found` */
export async function addRelease(ctx: RecordContext, input: AddReleaseInput): Promise<AddedRelease> {
	const version = input.version.trim();
	if (!/^[^\s\p{Cc}/\\][^\p{Cc}\n]{0,199}$/u.test(version))
		throw new OperationError('invalid', 'expected the version of a release: one line of at most 200 characters', {
			hint: 'For example holdfast releases new shop@1.4.0.',
		});
	const service = await chooseService(ctx, input.service);
	const now = await ctx.database.now();
	const { rowCount } = await ctx.database.pool.query('select 1 from app_release_notice where service = $1 and id = $2', [
		service,
		`cli:${version}`,
	]);
	const added = rowCount === 0;
	if (added) {
		const { commit = null, url = null } = input;
		const notice = {
			id: `cli:${version}`,
			version,
			event: 'live',
			at: now,
			environment: 'production',
			commit,
			title: null,
			branch: null,
			url,
			deploymentId: null,
			from: 'cli',
		} as const;
		await keepParcels(ctx.database, [parcelOfNotice({ service, receivedAt: now }, notice)]);
		await ctx.database.transaction((client) =>
			recordAudit(client, now, [{ actor: ctx.actor, operation: 'release.add', subject: `release/${service}/${version}` }]),
		);
	}
	const release = (await readReleases(ctx.database.pool, { service, limit: 1000 })).find((one) => one.version === version);
	if (release === undefined) throw new OperationError('not_found', `release ${version} of ${service} is gone`);
	return { release, added };
}

async function chooseService(ctx: RecordContext, named: string | undefined): Promise<string> {
	const { rows } = await ctx.database.pool.query<{ name: string }>('select name from service where removed_at is null order by name');
	const names = rows.map(({ name }) => name);
	if (named !== undefined && names.includes(named)) return named;
	if (named === undefined && names.length === 1 && names[0] !== undefined) return names[0];
	throw named === undefined
		? new OperationError('invalid', `expected one service to be named, there are ${names.length}`, {
				hint: `Add --service: ${names.join(', ')}.`,
			})
		: new OperationError('not_found', `there is no service ${named}`, { hint: `There are: ${names.join(', ')}.` });
}
