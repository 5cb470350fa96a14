/**
 * What the engine is compared with: a paced loop in a process of its own that makes the same requests, each on a new connection and at its
 * own time, reads the answer and stores nothing. It is the least that a Node program could do.
 */
import { request } from 'node:http';

const [port = '0', paths = '1000', everyMs = '20000'] = process.argv.slice(2);
const count = Number(paths);
const stepMs = Number(everyMs) / count;
/** @type {number[]} */
const late = [];
let [made, failed] = [0, 0];

const begin = performance.now() + 50;
for (let index = 0; index < count; index += 1) plan(index, 0);

/** @param {number} index @param {number} round */
function plan(index, round) {
	const dueAt = begin + round * Number(everyMs) + index * stepMs;
	setTimeout(
		() => {
			late.push(Math.max(0, performance.now() - dueAt));
			ask(index);
			plan(index, round + 1);
		},
		Math.max(0, dueAt - performance.now()),
	);
}

/** @param {number} index */
function ask(index) {
	const sent = request(
		{ port: Number(port), host: '127.0.0.1', path: `/${index}`, agent: false, headers: { accept: '*/*' } },
		(response) => {
			response.resume();
			response.once('end', () => {
				made += 1;
			});
		},
	);
	sent.once('error', () => {
		failed += 1;
	});
	sent.end();
}

process.on('message', () => {
	const sorted = late.splice(0).sort((a, b) => a - b);
	process.send?.({ made, failed, lateP99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? null });
});
process.on('disconnect', () => process.exit(0));
