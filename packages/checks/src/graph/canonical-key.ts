/** One name for one question: the id and the parameters that differ from their defaults, in order. */
import type { CheckDefinition } from '../contract.ts';
import { describeParams } from './describe-params.ts';

/** @param params as read, defaults filled in. @returns `http.page path=/products`; values with spaces or quotes as JSON text. */
export function buildKey(check: CheckDefinition, params: Readonly<Record<string, unknown>>): string {
	const told = describeParams(check.params)
		.filter((param) => params[param.name] !== undefined && params[param.name] !== param.default)
		.map((param) => `${param.name}=${formatValue(String(params[param.name]))}`)
		.toSorted();
	return [check.id, ...told].join(' ');
}

function formatValue(value: string): string {
	return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}
