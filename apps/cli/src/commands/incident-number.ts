import { InvalidArgumentError } from 'commander';

/** `3` or `#3`. */
export function readIncidentNumber(value: string): number {
	const [, digits] = /^#?(\d{1,15})$/.exec(value) ?? [];
	if (digits !== undefined) return Number(digits);
	throw new InvalidArgumentError('Expected the number of an incident, for example 3; holdfast incident shows them.');
}
