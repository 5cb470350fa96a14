import type { Queryable } from '../incidents/read.ts';
import { OperationError } from '../operation-error.ts';

/** @param name absent: the one that is watched @throws OperationError `not_found` with the names there are, `invalid` where one has to be named */
export async function chooseService(db: Queryable, name: string | undefined): Promise<string> {
	const { rows } = await db.query<{ name: string }>('select name from service where removed_at is null order by name');
	const names = rows.map((row) => row.name);
	const hint = names.length === 0 ? 'None is watched yet: start holdfast up.' : `Those there are: ${names.join(', ')}.`;
	if (name !== undefined) {
		if (names.includes(name)) return name;
		throw new OperationError('not_found', `there is no service ${name}`, { hint });
	}
	const [only] = names;
	if (only !== undefined && names.length === 1) return only;
	throw new OperationError('invalid', 'expected --service: which of them is not said', { hint });
}
