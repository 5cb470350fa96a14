/** What one process of `holdfast up` does; on several machines over one database each may do a part. Pure. */
import { findNearestName } from '@holdfast/runbook/nearest-name';
import { OperationError } from '../operation-error.ts';

export type Role = 'engine' | 'ingest';

const ROLES: readonly Role[] = ['engine', 'ingest'];

/**
 * @param given words as a person typed them, each one role or several with commas between; `all` and nothing mean every one
 * @throws OperationError `invalid` with the nearest role
 */
export function readRoles(given: readonly string[] = []): ReadonlySet<Role> {
	const words = given
		.flatMap((word) => word.split(','))
		.map((word) => word.trim())
		.filter((word) => word !== '');
	if (words.length === 0) return new Set(ROLES);
	return new Set(
		words.flatMap((word): readonly Role[] => {
			if (word === 'all') return ROLES;
			const role = ROLES.find((one) => one === word);
			if (role !== undefined) return [role];
			const nearest = findNearestName(word, ['all', ...ROLES]);
			throw new OperationError('invalid', `--role ${JSON.stringify(word.slice(0, 40))}: expected all, engine or ingest`, {
				hint: nearest === null ? 'For example holdfast up --role engine.' : `Did you mean ${nearest}?`,
			});
		}),
	);
}
