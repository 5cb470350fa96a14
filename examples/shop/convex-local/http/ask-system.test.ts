import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTrial, type Trial } from '../fixtures/open-trial.ts';

const room = `system-${Date.now()}`;
let trial: Trial;

beforeAll(async () => {
	trial = await openTrial();
	await trial.call('mutation', { path: 'messages:send', args: { room, text: 'one' } });
}, 60_000);
afterAll(() => trial.close());

describe('what the dashboard asks about data', () => {
	it('counts a table and finds documents by their ids', async () => {
		const [message] = (
			(await trial.system('cli/tableData', { table: 'messages', paginationOpts: { numItems: 1, cursor: null } })) as {
				page: { _id: string }[];
			}
		).page;
		const size = (await trial.system('frontend/tableSize', { tableName: 'messages' })) as number;
		expect(size).toBeGreaterThan(0);
		const ids = [message?._id ?? '', 'nobody'].map((id) => ({ id, tableName: 'messages' }));
		expect(await trial.system('frontend/listById', { ids })).toMatchObject([{ _id: message?._id }, null]);
	});

	it('gives the schema that is deployed as text', async () => {
		const { active } = (await trial.system('frontend/getSchemas')) as { active?: string };
		expect(JSON.parse(active ?? '{}')).toMatchObject({
			tables: expect.arrayContaining([expect.objectContaining({ tableName: 'messages' })]),
		});
	});
});
