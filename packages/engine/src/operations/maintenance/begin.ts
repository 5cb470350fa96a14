import { recordAudit } from '../../audit/record.ts';
import { OperationError } from '../../operation-error.ts';
import type { RecordContext } from '../../ports.ts';
import { chooseService } from '../choose-service.ts';
import { cleanText } from '../incident/change-incident.ts';
import { type MaintenanceWindow, readWindows } from './list.ts';

/** A window that nobody ends is forgotten: longer than this it is not given. */
const LONGEST_MS = 7 * 86_400_000;
const LEAST_MS = 60_000;

export interface BeginMaintenanceInput {
	/** Absent: every service. */
	readonly service?: string | undefined;
	/** Milliseconds from now: from a minute to seven days. */
	readonly forMs: number;
	readonly reason: string;
}

/**
 * From now on, for so long. What fails within it opens nothing; what still fails when it ends does.
 * @throws OperationError `not_found`, `invalid`, `conflict` while one of the same service holds
 */
export async function beginMaintenance(ctx: RecordContext, input: BeginMaintenanceInput): Promise<MaintenanceWindow> {
	const reason = cleanText(input.reason).replace(/\s+/g, ' ').slice(0, 200);
	if (reason === '') throw new OperationError('invalid', 'expected a reason, got none', { hint: 'For example: --reason "new oven".' });
	if (!Number.isFinite(input.forMs) || input.forMs < LEAST_MS || input.forMs > LONGEST_MS)
		throw new OperationError('invalid', 'for: expected from 1m to 7d');
	const now = await ctx.database.now();
	return await ctx.database.transaction(async (client) => {
		// Two who begin it at once: the second is told of the first.
		await client.query("select pg_advisory_xact_lock(hashtextextended('holdfast/maintenance', 0))");
		const service = input.service === undefined ? null : await chooseService(client, input.service);
		const same = (await readWindows(client, { service, now })).find((window) => window.service === service && window.isOn);
		if (same !== undefined)
			throw new OperationError('conflict', `maintenance of ${service ?? 'every service'} is on until ${same.endsAt}: ${same.reason}`, {
				hint: 'holdfast maintenance off ends it.',
			});
		const endsAt = new Date(now + input.forMs);
		const { rows } = await client.query<{ id: string }>(
			'insert into maintenance_window (service, name, starts_at, ends_at, created_by) values ($1, $2, $3, $4, $5) returning id',
			[service, reason, new Date(now), endsAt, ctx.actor],
		);
		const id = Number(rows[0]?.id);
		await recordAudit(client, now, [
			{
				actor: ctx.actor,
				operation: 'maintenance.begin',
				subject: `maintenance/${id}`,
				detail: { service, reason, endsAt: endsAt.toISOString() },
			},
		]);
		const made = (await readWindows(client, { service, now })).find((window) => window.id === id);
		if (made === undefined) throw new Error(`expected the window ${id} to be there`);
		return made;
	});
}
