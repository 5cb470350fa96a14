import { recordAudit } from '../../audit/record.ts';
import { OperationError } from '../../operation-error.ts';
import type { RecordContext } from '../../ports.ts';
import { chooseService } from '../choose-service.ts';
import { type MaintenanceWindow, readWindows } from './list.ts';

/**
 * Ends what holds now. @param input `service`: its own windows only; absent: all
 * @throws OperationError `not_found` when none holds
 */
export async function endMaintenance(
	ctx: RecordContext,
	input: { readonly service?: string | undefined } = {},
): Promise<readonly MaintenanceWindow[]> {
	const now = await ctx.database.now();
	return await ctx.database.transaction(async (client) => {
		const service = input.service === undefined ? null : await chooseService(client, input.service);
		const holding = (await readWindows(client, { service, now })).filter(({ isOn }) => isOn);
		const over = service === null ? holding : holding.filter((window) => window.service === service);
		if (over.length === 0) {
			const hint =
				holding.length === 0 ? 'holdfast maintenance list shows what lies ahead.' : 'One of every service is: leave out --service.';
			throw new OperationError('not_found', `no maintenance${service === null ? '' : ` of ${service}`} is on`, { hint });
		}
		await client.query('update maintenance_window set ended_at = $2 where id = any($1::bigint[]) and ended_at is null', [
			over.map(({ id }) => id),
			new Date(now),
		]);
		await recordAudit(
			client,
			now,
			over.map(({ id }) => ({ actor: ctx.actor, operation: 'maintenance.end', subject: `maintenance/${id}` })),
		);
		return over;
	});
}
