import { setTimeout as wait } from 'node:timers/promises';
import type { HealthReport } from '@holdfast/kit/wire';
import { z } from 'zod';
import type { CheckContext, Measurement } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { readKitAgain, readKitReport } from '../../kit/read-kit-report.ts';
import { formatBytes } from '../../outcome/show-response.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { judgeResources, needsSecondLook } from './judge-resources.ts';

type Inside = HealthReport['holdfast'];

/** Between two looks, ms: long enough for a share of the processor, short enough for someone who waits. */
const secondLookMs = 2000;

export const serverResources = defineCheck({
	id: 'server.resources',
	title: 'The server has what it needs',
	question: 'Are memory, processor, event loop, disk or open files short?',
	explains:
		'Reads the figures of every instance that answers (kit). ok: heap below 85 % and memory below 90 % of their limits, event loop late by less than 100 ms (p99), processor below 90 % of a core, enough disk and handles. warn: above. fail: heap from 92 % or memory from 97 % on, of several cores three quarters taken (45 % where others wait for one), the loop late by 500 ms or stuck, the disk nearly full, handles from 95 % on. Looks a second time after 2 s where a figure is suspicious, or older than a minute on a loaded machine. While its start lies in the window, one late tick is a note. unknown: the application’s report cannot be read.',
	requires: ['the kit’s `createHealth` and `kit: {token}`'],
	needs: [],
	params: z.object({}),
	deadlineMs: 9800,
	run: async (context) => {
		const kit = await readKitReport(context);
		if (kit.kind === 'none') return { state: 'unknown', reason: kit.reason, enable: kit.enable };
		const second = await lookAgain(
			context,
			kit.instances.map(({ holdfast }) => holdfast),
		);
		const several = kit.instances.length > 1;
		const findings = kit.instances.flatMap(({ holdfast }) => {
			const again = second.get(holdfast.process.instance) ?? null;
			const judged = judgeResources(holdfast, again);
			return several
				? judged.map((finding) => ({ ...finding, message: `Instance ${holdfast.process.instance.slice(0, 8)}: ${finding.message}` }))
				: judged;
		});
		const first = kit.report.holdfast;
		const shown = second.get(first.process.instance) ?? first;
		return {
			state: stateOf(findings),
			reason: stateOf(findings) === 'ok' ? describeWell(shown, kit.instances.length) : summariseFindings(findings),
			findings,
			measurements: measure(shown),
			evidence: [{ title: 'Figures of the process', kind: 'table', body: showFigures(shown) }],
		};
	},
});

async function lookAgain(context: CheckContext, instances: readonly Inside[]): Promise<ReadonlyMap<string, Inside>> {
	if (!instances.some(needsSecondLook) || context.leftMs() < secondLookMs + 1500) return new Map();
	try {
		await wait(secondLookMs, undefined, { signal: context.signal });
	} catch {
		return new Map();
	}
	const answers = await Promise.all(instances.map(() => readKitAgain(context, context.signal)));
	return new Map(answers.flatMap((report) => (report === null ? [] : [[report.holdfast.process.instance, report.holdfast]])));
}

function describeWell({ memory, eventLoop, cpu }: Inside, instances: number): string {
	const used = memory.usedBytes ?? memory.rssBytes;
	const share = cpu.shareOfOneCore === null ? '' : `, processor ${Math.round(cpu.shareOfOneCore * 100)} % of a core`;
	const across = instances > 1 ? ` in each of ${instances} instances` : '';
	return `Memory ${formatBytes(used)}${memory.limitBytes === undefined ? '' : ` of ${formatBytes(memory.limitBytes)}`}, event loop late by ${describeDelay(eventLoop)}${share}: enough of each${across}`;
}

function describeDelay({ p99DelayMs, maxDelayMs }: Inside['eventLoop']): string {
	return p99DelayMs === undefined ? `${Math.round(maxDelayMs)} ms at worst` : `${Math.round(p99DelayMs)} ms (p99)`;
}

function measure({ memory, eventLoop, cpu, disk, handles }: Inside): readonly Measurement[] {
	return [
		{ name: 'memory', value: memory.usedBytes ?? memory.rssBytes, unit: 'bytes' },
		{ name: 'heap', value: memory.heapUsedBytes, unit: 'bytes' },
		{ name: 'event loop p99', value: eventLoop.p99DelayMs ?? eventLoop.maxDelayMs, unit: 'ms' },
		...(cpu.shareOfOneCore === null ? [] : [{ name: 'cpu', value: Math.round(cpu.shareOfOneCore * 1000) / 10, unit: 'percent' as const }]),
		...(disk === null || disk === undefined ? [] : [{ name: 'disk free', value: disk.freeBytes, unit: 'bytes' as const }]),
		...(typeof handles?.open === 'number' ? [{ name: 'handles', value: handles.open, unit: 'count' as const }] : []),
	];
}

function showFigures({ memory, eventLoop, cpu, disk, handles, process }: Inside): string {
	return [
		`up since         ${process.startedAt} (${process.uptimeSeconds} s), node ${process.node}`,
		`memory           ${formatBytes(memory.usedBytes ?? memory.rssBytes)} of ${memory.limitBytes === undefined ? 'no known limit' : `${formatBytes(memory.limitBytes)} (${memory.limitSource ?? 'limit'})`}`,
		`heap             ${formatBytes(memory.heapUsedBytes)} of ${formatBytes(memory.heapLimitBytes)}`,
		`event loop       p99 ${eventLoop.p99DelayMs ?? '?'} ms, worst ${eventLoop.maxDelayMs} ms in ${Math.round(eventLoop.windowMs / 1000)} s`,
		`processor        ${cpu.shareOfOneCore === null ? 'not known' : `${Math.round(cpu.shareOfOneCore * 100)} % of a core over ${Math.round((cpu.windowMs ?? 0) / 1000)} s`}, ${cpu.coreCount} cores`,
		`disk             ${disk === null || disk === undefined ? 'not measured' : `${formatBytes(disk.freeBytes)} free of ${formatBytes(disk.totalBytes)}`}`,
		`open handles     ${handles?.open ?? '?'} of ${handles?.limit ?? '?'}`,
	].join('\n');
}
