import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { collectLines } from './collect-lines.mjs';

it('keeps JSON lines as they are and makes one record of a message and its stack', async () => {
	const stream = new PassThrough();
	const lines: string[] = [];
	collectLines(stream, 'error', (line: string) => lines.push(line));
	stream.end('{"event":"a"}\n⨯ Error: b\n    at c\n    at d\n{"event":"e"}\nlast\n');
	await new Promise((resolve) => stream.on('close', () => setImmediate(resolve)));
	expect(lines.map((line) => JSON.parse(line))).toMatchObject([
		{ event: 'a' },
		{ level: 'error', event: 'output', message: '⨯ Error: b', detail: '    at c\n    at d' },
		{ event: 'e' },
		{ event: 'output', message: 'last' },
	]);
});
