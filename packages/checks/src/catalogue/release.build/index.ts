import { z } from 'zod';
import type { Outcome } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { readKitReport } from '../../kit/read-kit-report.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { readAssets } from '../../page/read-assets.ts';
import { readBuild } from '../../page/read-build.ts';
import { pathParam } from '../../params.ts';
import { isComparable, judgeBuild, judgeServed } from './judge-build.ts';

export const releaseBuild = defineCheck({
	id: 'release.build',
	title: 'The release is whole and running',
	question: 'Does the build hold all its files, and does the application run it?',
	explains:
		'Reads the build in the checkout or release folder (`checkout`): files that its manifests name and that are not there or hold nothing; compares its id with the one that the running instances report (kit); and takes what the page’s own files say (404, empty). ok: whole, and the one that runs. fail: a file is missing or empty, or another build runs. unknown: neither the folder nor the page’s files can be read, or there is no folder and the page’s files are well, which says nothing of the others.',
	requires: ['`checkout` in holdfast.yaml: the application’s folder on this machine', 'the kit’s report for the running build’s id'],
	needs: [],
	params: z.object({ path: pathParam('/', 'Path of the page whose files are looked at') }),
	deadlineMs: 9800,
	run: async (context, { path }): Promise<Outcome> => {
		const [kit, folder, assets] = await Promise.all([readKitReport(context), readBuild(context), readAssets(context, path)]);
		const running = kit.kind === 'report' ? kit.instances.flatMap(({ holdfast }) => holdfast.build.id ?? []) : [];
		const served = assets.kind === 'read' ? judgeServed(assets.fetched) : [];
		const facts = running[0] === undefined ? [] : [{ name: 'release', value: running[0] }];
		if (folder.kind === 'no-answer') {
			if (served.length > 0) return { state: 'fail', reason: summariseFindings(served), findings: served, facts };
			const came = assets.kind === 'read' && assets.fetched.length > 0 ? `; the ${assets.fetched.length} files of ${path} do come` : '';
			return {
				state: 'unknown',
				reason: `${folder.reason}${came}`,
				enable: folder.enable ?? 'set `checkout` for the service in holdfast.yaml',
				facts,
			};
		}
		const build = folder.value;
		const findings = [...judgeBuild(build, running), ...served];
		const name = `${build.framework ?? 'The build'}${build.id === null ? '' : `, build ${build.id}`}`;
		const isKnown = running.length > 0 && running.every((id) => isComparable(id, build.id));
		const runs = isKnown ? ', is the one that runs' : '; whether it is the one that runs is not known';
		return {
			state: stateOf(findings),
			reason:
				findings.length > 0
					? summariseFindings(findings)
					: `${name}: whole${build.builtAt === null ? '' : `, built ${build.builtAt}`}${runs}`,
			findings,
			facts,
			evidence: [
				{
					title: 'Build',
					kind: 'table',
					body: [
						`in the folder    ${build.id ?? 'no id'}  ${build.builtAt ?? ''}  ${build.framework ?? ''}`,
						`running          ${[...new Set(running)].join(', ') || (kit.kind === 'none' ? kit.reason : 'the application does not say')}`,
						...build.missing.slice(0, 20).map((file) => `missing          ${file}`),
						...build.empty.slice(0, 20).map((file) => `empty            ${file}`),
					].join('\n'),
				},
			],
		};
	},
});
