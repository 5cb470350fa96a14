/** Judges a symptom: seen, not seen, or could not tell and why (rule G15). */
import type { Line } from '@holdfast/runbook/model';
import type { Observation } from '../contract.ts';
import { listLineChecks, listWaiting } from './bound-checks.ts';
import { findingOf } from './finding-of.ts';
import { closeSentence, joinReasons, setAside } from './judge-causes.ts';
import type { IssueDiagnosis } from './model.ts';
import { describeDoor, describeEcho, type Situation } from './situation.ts';
import { endWithoutStop, speaksFor } from './speaks-for.ts';

export type JudgedSymptom = IssueDiagnosis['symptoms'][number];

export function judgeSymptom(symptom: Line, situation: Situation): JudgedSymptom {
	const checks = listLineChecks(symptom, situation.accept);
	const found = checks.map((check) => ({ check, answers: situation.answers.find(check) }));
	const answers = setAside(found.flatMap((one) => one.answers));
	const judge = (verdict: JudgedSymptom['verdict'], reason: string): JudgedSymptom => ({
		text: symptom.text,
		line: symptom.line,
		verdict,
		reason: closeSentence(reason),
		observations: answers.map((answer) => answer.key),
	});

	if (checks.length === 0) {
		const waiting = listWaiting(symptom.bindings, situation.accept)[0];
		return judge('could-not-tell', waiting === undefined ? 'no check is bound to it' : `${waiting.id} waits to be accepted`);
	}
	const failing = answers.filter((answer) => answer.state === 'fail');
	const seen = failing.find((answer) => !situation.masked(answer) && speaksFor(symptom.text, answer).speaks);
	if (seen !== undefined) return judge('seen', findingOf(seen).message);
	const other = failing[0];
	if (other !== undefined) return judge('could-not-tell', describeOther(symptom.text, other, situation));
	const warning = answers.find((answer) => answer.state === 'warn');
	if (warning !== undefined) return judge('could-not-tell', `${warning.check} warns: ${endWithoutStop(findingOf(warning).message)}`);
	const unknown = answers.find((answer) => answer.state === 'unknown');
	if (unknown !== undefined)
		return judge('could-not-tell', describeDoor(unknown, situation.faults) ?? `${unknown.check}: ${endWithoutStop(unknown.reason)}`);
	const missing = found.find((one) => one.answers.length === 0);
	if (missing !== undefined) return judge('could-not-tell', `${missing.check.binding.id} was not asked`);
	return judge('not-seen', joinReasons(answers));
}

function describeOther(text: string, failing: Observation, situation: Situation): string {
	if (situation.masked(failing)) return describeEcho(failing, situation.faults);
	const speaking = speaksFor(text, failing);
	return speaking.speaks ? findingOf(failing).message : speaking.because;
}
