import type { CheckRequest } from '@holdfast/checks/contract';
import { planDiagnosis } from '@holdfast/checks/diagnosis';
import { keyOf } from '@holdfast/checks/registry';
import type { Runbook } from '@holdfast/runbook/model';

/**
 * The issues of the runbook that failing questions belong to, by address: those that are bound to one of them, else those that are bound to
 * its check with other parameters, else all.
 */
export function chooseIssues(runbook: Runbook, requests: readonly CheckRequest[]): readonly string[] {
	const bound = runbook.issues.map(({ address }) => ({
		address,
		asked: planDiagnosis(runbook, { issues: [address], companions: false }).requests,
	}));
	const chosen = requests.flatMap((request) => {
		const key = keyOf(request.id, request.params);
		const exact = bound.filter(({ asked }) => asked.some(({ id, params }) => id === request.id && keyOf(id, params) === key));
		return exact.length > 0 ? exact : bound.filter(({ asked }) => asked.some(({ id }) => id === request.id));
	});
	const addresses = new Set((chosen.length > 0 ? chosen : bound).map(({ address }) => address));
	return bound.filter(({ address }) => addresses.has(address)).map(({ address }) => address);
}
