/** A diagnosis in the timeline: the answer first, then the proof, then the next step. Pure. */
import type { StoredDiagnosis } from './diagnose-port.ts';

/** @param about key of the root that the incident is about; null: the diagnosis explains nothing of it */
export function describeDiagnosis({ roots, next, asked, unknown }: StoredDiagnosis, about: string | null): string {
	const root = roots.find(({ key }) => key === about);
	const looked = `${asked} checks asked${unknown === 0 ? '' : `, ${unknown} could not tell`}`;
	if (root === undefined) {
		const others =
			roots.length === 0 ? 'nothing that fails has a cause that they see' : `they see another fault: ${roots[0]?.message ?? ''}`;
		return `No cause is confirmed (${looked}): ${others}`;
	}
	const cause = root.cause === null ? root.message : `${root.cause.text} (runbook line ${root.cause.line}): ${root.message}`;
	const proof = root.proof.length === 0 ? '' : ` Proof: ${endSentence(root.proof.map((one) => one.replace(/\.$/, '')).join('; '))}`;
	const changes = root.changes.length === 0 ? '' : ` Before it: ${root.changes.join('; ')}.`;
	const [step] = next;
	const then =
		step === undefined
			? root.fix === null
				? ''
				: ` Next: ${endSentence(root.fix)}`
			: ` Next: ${endSentence(`line ${step.line}, ${step.text}${step.fix === null ? '' : ` → ${step.fix}`}`)}`;
	return `Cause: ${endSentence(cause)}${proof}${changes}${then} (${looked})`;
}

function endSentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
