import { defineFaults } from '../fault.mjs';
import { diskHasNoRoom, filesNearLimit, memoryHeld, processorBusy, slower } from '../symptoms/symptoms.mjs';

/** The machine or the process has nothing left to give. */
export const server = defineFaults([
	{
		id: 'event-loop-blocked',
		title: 'a bad dependency computes for 700 ms every second',
		symptom: slower({ path: '/api/health', ms: 350, times: 12, everyMs: 130 }),
		causes: ['slow/3', 'load/4'],
		also: ['slow/3', 'load/4'],
		root: /^resources\.(event-loop|cpu)$/,
		alsoRoots: /^resources\./,
		make: (world) => world.preload('setInterval(() => { for (const end = Date.now() + 700; Date.now() < end; ) Math.sqrt(end); }, 1000);'),
	},
	{
		id: 'event-loop-stuck',
		title: 'a bad dependency computes for 3 seconds out of 4',
		symptom: slower({ path: '/api/health', ms: 350, times: 12, everyMs: 130 }),
		causes: ['slow/3', 'load/4'],
		also: ['slow/3', 'load/4'],
		root: /^resources\.(event-loop|cpu)$/,
		alsoRoots: /^resources\./,
		make: (world) => world.preload('setInterval(() => { for (const end = Date.now() + 3000; Date.now() < end; ) Math.sqrt(end); }, 4000);'),
	},
	{
		id: 'cpu-burnt-by-threads',
		title: 'worker threads of the process eat every core',
		symptom: processorBusy(1.2),
		causes: ['slow/3', 'load/4'],
		also: ['slow/3', 'load/4'],
		root: /^resources\.cpu$/,
		alsoRoots: /^resources\./,
		make: (world) =>
			world.preload(
				"const { Worker, isMainThread } = require('node:worker_threads'); if (isMainThread) for (let i = 0; i < 2 * require('node:os').cpus().length; i += 1) new Worker('for (;;) Math.sqrt(2)', { eval: true });",
			),
	},
	{
		id: 'heap-nearly-full',
		title: 'the heap is at its limit',
		symptom: memoryHeld(600),
		causes: ['slow/3', 'load/4'],
		also: ['slow/3', 'load/4'],
		root: /^resources\.memory$/,
		alsoRoots: /^resources\./,
		make: (world) => world.preload(holdHeap(0.93), { heapMb: 800 }),
	},
	{
		id: 'heap-leaks',
		title: 'the process leaks and has reached its limit',
		symptom: memoryHeld(600),
		causes: ['slow/3', 'load/4'],
		also: ['slow/3', 'load/4'],
		// At its limit the process does little but look for memory to free, and is late for everything else.
		root: /^resources\.(memory|event-loop)$/,
		alsoRoots: /^resources\./,
		make: (world) => world.preload(holdHeap(0.93, 40), { heapMb: 800 }),
	},
	{
		id: 'disk-full',
		title: 'the disk that holds the release is full',
		symptom: diskHasNoRoom,
		causes: ['load/4', 'slow/3'],
		also: ['slow/3', 'load/4'],
		root: /^resources\.disk$/,
		hindrance: () => (process.getuid?.() === 0 ? null : 'only root may mount a small file system'),
		make: (world) => world.runOnFullDisk(),
	},
	{
		id: 'handles-exhausted',
		title: 'the process leaks open files and is near its limit',
		symptom: filesNearLimit,
		causes: ['load/4', 'slow/3'],
		also: ['slow/3', 'load/4'],
		root: /^resources\.handles$/,
		alsoRoots: /^resources\./,
		make: (world) =>
			world.preload(
				"const fs = require('node:fs'); setTimeout(() => { for (let i = 0; i < 1960; i += 1) fs.openSync('/dev/null'); }, 500);",
				{
					openFiles: 2048,
				},
			),
	},
	{
		id: 'first-byte-slow',
		title: 'the application takes four seconds for the first byte of every page',
		symptom: slower({ ms: 3000 }),
		causes: ['slow/3'],
		also: ['slow/3', 'slow/4', 'load/4'],
		root: /^latency\./,
		make: (world) => world.edge.use({ delayMs: (path) => (path.startsWith('/_next') ? 0 : 4000) }),
	},
]);

/**
 * Holds so much of the heap, in steps when it leaks.
 * @param {number} share of the limit of what lives long: V8 counts 48 MiB for young objects to the whole
 * @param {number} [everyMs]
 */
function holdHeap(share, everyMs = 0) {
	const grow = `const v8 = require('node:v8'); const held = []; const full = () => { const s = v8.getHeapStatistics(); return s.used_heap_size / (s.heap_size_limit - 48 * 1024 * 1024) > ${share}; };`;
	return everyMs === 0
		? `${grow} setTimeout(() => { while (!full()) held.push(new Array(20000).fill(0).map((_, i) => i + 0.5)); }, 1500);`
		: `${grow} setInterval(() => { for (let i = 0; i < 40 && !full(); i += 1) held.push(new Array(20000).fill(0).map((_, i) => i + 0.5)); }, ${everyMs});`;
}
