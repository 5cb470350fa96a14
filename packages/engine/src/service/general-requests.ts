import type { CheckRequest } from '@holdfast/checks/contract';

/** Every check that can be asked of any application: all those without a required parameter. */
export async function listGeneralRequests(): Promise<readonly CheckRequest[]> {
	const { describeCatalogue } = await import('@holdfast/checks/registry');
	return describeCatalogue()
		.entries.filter(({ kind, params }) => kind === 'check' && params.every(({ required }) => !required))
		.map(({ id }) => ({ id, params: {} }));
}
