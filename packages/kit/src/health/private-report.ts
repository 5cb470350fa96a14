import { getHeapStatistics } from 'node:v8';
import {
	type BuildReport,
	type CheckStatus,
	type CpuReport,
	type EnvReport,
	type EventLoopReport,
	type HealthReport,
	type MemoryReport,
	type ProcessReport,
	WIRE_VERSION,
} from '../wire.ts';
import { readDisk, readHandles, readMemoryLimit } from './read-resources.ts';

export interface ReportInput {
	readonly at: Date;
	readonly serviceId: string | undefined;
	readonly build: BuildReport;
	readonly process: ProcessReport;
	readonly environment: EnvReport | null;
	readonly memory: MemoryReport;
	readonly cpu: CpuReport;
	readonly eventLoop: EventLoopReport;
}

/** Heap use from which the report warns: the collector runs ever more often above it. Own threshold. */
const HEAP_WARN_RATIO = 0.9;

/** Builds the private report from what was measured. Pure. */
export function buildReport(input: ReportInput): HealthReport {
	const { environment, eventLoop, memory } = input;
	const heapFull = memory.heapUsedBytes / memory.heapLimitBytes >= HEAP_WARN_RATIO;
	const faults = environment?.variables.filter((variable) => variable.problem !== null) ?? [];
	const failing = faults.length > 0 || eventLoop.stuck;
	const notes = [
		...faults.map((variable) => `${variable.name} is not as declared: ${variable.problem}.`),
		...(eventLoop.stuck ? [`The event loop was blocked for ${Math.round(eventLoop.maxDelayMs)} ms.`] : []),
		...(heapFull ? [`The heap is ${Math.round((100 * memory.heapUsedBytes) / memory.heapLimitBytes)} % full.`] : []),
	];
	const time = input.at.toISOString();
	const heapStatus: CheckStatus = heapFull ? 'warn' : 'pass';
	return {
		status: failing ? 'fail' : heapFull ? 'warn' : 'pass',
		...(input.build.version === null ? {} : { version: input.build.version }),
		...(input.build.id === null ? {} : { releaseId: input.build.id }),
		...(input.serviceId === undefined ? {} : { serviceId: input.serviceId }),
		...(notes.length === 0 ? {} : { notes }),
		checks: {
			uptime: [{ componentType: 'system', observedValue: input.process.uptimeSeconds, observedUnit: 's', status: 'pass', time }],
			'memory:utilization': [{ componentType: 'system', observedValue: memory.rssBytes, observedUnit: 'bytes', status: heapStatus, time }],
			...(input.cpu.shareOfOneCore === null
				? {}
				: {
						'cpu:utilization': [
							{
								componentType: 'system',
								observedValue: Math.round(1000 * input.cpu.shareOfOneCore) / 10,
								observedUnit: 'percent',
								// A busy process is not a fault: what it costs shows in the delay of the event loop.
								status: 'pass',
								time,
							},
						],
					}),
			'eventLoop:delay': [
				{
					componentType: 'component',
					observedValue: eventLoop.maxDelayMs,
					observedUnit: 'ms',
					status: eventLoop.stuck ? 'fail' : 'pass',
					time,
				},
			],
			...(environment === null
				? {}
				: {
						'environment:problems': [
							{
								componentType: 'component',
								observedValue: faults.length,
								observedUnit: 'count',
								status: faults.length > 0 ? 'fail' : 'pass',
								time,
							},
						],
					}),
		},
		holdfast: {
			wire: WIRE_VERSION,
			at: time,
			build: input.build,
			process: input.process,
			environment,
			memory,
			cpu: input.cpu,
			eventLoop,
			disk: readDisk(),
			handles: readHandles(),
		},
	};
}

/** Memory of this process, in bytes. */
export function readMemory(): MemoryReport {
	const usage = process.memoryUsage();
	return {
		rssBytes: usage.rss,
		heapUsedBytes: usage.heapUsed,
		heapTotalBytes: usage.heapTotal,
		externalBytes: usage.external,
		heapLimitBytes: readHeapLimit(),
		...readMemoryLimit(usage.rss),
	};
}

/** What V8 reserves for young objects on 64-bit machines by default: three semi-spaces of 16 MiB. */
const youngBytes = 48 * 1024 * 1024;

/** V8 counts the young generation to its limit; what lives long, and ends the process when it is full, has so much less (`--max-old-space-size`). */
function readHeapLimit(): number {
	const { heap_size_limit: limit } = getHeapStatistics();
	return limit > 2 * youngBytes ? limit - youngBytes : limit;
}
