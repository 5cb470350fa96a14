import type { LogLine } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { makePrintable } from '../terminal/printable.ts';

const LEVEL = 7;

/** A line each, whole: what is cut cannot be searched with other tools. */
export function renderLines(lines: readonly LogLine[], { style }: Layout): readonly string[] {
	if (lines.length === 0) return ['No line stands in this window.'];
	return lines.map(({ at, level, message, detail }) => {
		const paint = level === 'error' || level === 'fatal' ? style.red : level === 'warning' ? style.yellow : (text: string) => text;
		const request = [detail.method, detail.path, detail.status]
			.flatMap((part) => (typeof part === 'string' || typeof part === 'number' ? [String(part)] : []))
			.join(' ');
		const words = makePrintable(message).replaceAll('\n', '\n'.padEnd(at.length + LEVEL + 5));
		return `${at}  ${paint(level.padEnd(LEVEL))}  ${request === '' ? '' : `${makePrintable(request)}  `}${words}`;
	});
}
