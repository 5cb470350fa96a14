/** Diagnosis: which checks to ask, what the user means, and what the answers say. Pure. */
export { acceptedByDefault, selectBindings } from './diagnosis/bound-checks.ts';
export { type DiagnoseInput, diagnose } from './diagnosis/diagnose.ts';
export { findTraits, type Layer, layers } from './diagnosis/layers.ts';
export { leadsTo } from './diagnosis/leads-to.ts';
export { type MatchedLine, matchSymptom, type SymptomMatch } from './diagnosis/match-symptom.ts';
export type {
	Advice,
	CauseVerdict,
	Diagnosis,
	FactChange,
	IssueDiagnosis,
	JudgedCause,
	NextStep,
	RootCause,
} from './diagnosis/model.ts';
export { type DiagnosisPlan, type PlanOptions, planDiagnosis, type UnboundLine } from './diagnosis/plan-diagnosis.ts';
