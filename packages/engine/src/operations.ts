/**
 * Every operation, and the shapes that they take and give: what a rim may call.
 * What only some operations need they import when they run, because a command line pays for every module at each start.
 */
export type { CheckRequest, Evidence, Finding, Measurement, Observation, Phase, State } from '@holdfast/checks/contract';
export type { Diagnosis, FactChange, IssueDiagnosis, JudgedCause, RootCause, UnboundLine } from '@holdfast/checks/diagnosis';
export type { CheckExplanation, DescribedParam } from '@holdfast/checks/registry';
export type { Coverage } from '@holdfast/runbook/coverage';
export type { LintFinding } from '@holdfast/runbook/lint';
export { findNearestName } from '@holdfast/runbook/nearest-name';
export type { Proposal } from '@holdfast/runbook/propose';
export { parseDuration } from './config/duration.ts';
export type { BundleVerdict } from './evidence/judge-bundle.ts';
export type { FailureTrace, RecentChange } from './history/trace-failures.ts';
export type { InboxMessage } from './inbox/queries.ts';
export type { Incident, IncidentEntry, IncidentMember, IncidentRecord, IncidentState } from './incidents/read.ts';
export type { IncidentDiagnosis } from './incidents/read-diagnosis.ts';
export type { ErrorGroup, ErrorRecord, ErrorState } from './intake/read-errors.ts';
export type { LogLine } from './intake/read-lines.ts';
export type { AppRelease } from './intake/read-releases.ts';
export type { VitalFigure, VitalRating, VitalRoute } from './intake/read-vitals.ts';
export type { LogEvent } from './log.ts';
export type { Severity } from './monitors/defaults.ts';
export { OperationError, type OperationErrorCode, type SourceProblem } from './operation-error.ts';
export { type ChannelStatus, listChannels } from './operations/channel/list.ts';
export { type ChannelTest, testChannels } from './operations/channel/test.ts';
export { explainServiceCheck, type ListedCheck, listChecks } from './operations/check/explain.ts';
export { type CheckReport, type RunChecksInput, runServiceCheck } from './operations/check/run.ts';
export { type DiagnoseServiceInput, type DiagnosisReport, diagnoseService } from './operations/diagnosis/diagnose.ts';
export { ignoreError } from './operations/error/ignore.ts';
export { type ListErrorsInput, listErrors } from './operations/error/list.ts';
export { reopenError } from './operations/error/reopen.ts';
export type { ErrorSelection } from './operations/error/require-error.ts';
export { type ResolveErrorInput, resolveError } from './operations/error/resolve.ts';
export { showError } from './operations/error/show.ts';
export { type GatherInput, type GatherReport, gatherEvidence } from './operations/evidence/gather.ts';
export { type VerifyInput, type VerifyReport, verifyEvidence } from './operations/evidence/verify.ts';
export { type MonitorAvailability, type ReadAvailabilityInput, readAvailability } from './operations/history/availability.ts';
export {
	type HistoryPoint,
	type HistoryWindow,
	type MonitorHistory,
	type ReadHistoryInput,
	readMonitorHistory,
} from './operations/history/read.ts';
export { listInboxMessages } from './operations/inbox/list.ts';
export { markInboxMessagesRead } from './operations/inbox/mark-read.ts';
export { acknowledgeIncident } from './operations/incident/acknowledge.ts';
export { assignIncidentRole } from './operations/incident/assign-role.ts';
export { type ListIncidentsInput, listIncidents } from './operations/incident/list.ts';
export { mergeIncident } from './operations/incident/merge.ts';
export { noteIncident } from './operations/incident/note.ts';
export { type OpenIncidentInput, openIncident } from './operations/incident/open.ts';
export { reopenIncident } from './operations/incident/reopen.ts';
export type { IncidentSelection } from './operations/incident/require-incident.ts';
export { resolveIncident } from './operations/incident/resolve.ts';
export { draftIncidentPostMortem, type ShownIncident, showIncident } from './operations/incident/show.ts';
export { type SearchLogsInput, searchLogs } from './operations/log/search.ts';
export { type BeginMaintenanceInput, beginMaintenance } from './operations/maintenance/begin.ts';
export { endMaintenance } from './operations/maintenance/end.ts';
export { listMaintenance, type MaintenanceWindow } from './operations/maintenance/list.ts';
export { type AddedRelease, type AddReleaseInput, addRelease } from './operations/release/add.ts';
export { type ListReleasesInput, listReleases } from './operations/release/list.ts';
export { type AcceptedCertainty, type BindInput, type BindReport, bindRunbook } from './operations/runbook/bind.ts';
export { type CoverageInput, type CoverageReport, measureRunbookCoverage } from './operations/runbook/coverage.ts';
export { type LintReport, lintRunbook } from './operations/runbook/lint.ts';
export { type ShownRunbook, showRunbook } from './operations/runbook/show.ts';
export { type UnbindInput, type UnbindReport, unbindRunbook } from './operations/runbook/unbind.ts';
export { type InitialisedService, initialiseService } from './operations/service/initialise.ts';
export { type ProposeServiceInput, proposeService, type ServiceProposal } from './operations/service/propose.ts';
export { type ObjectiveStatus, readStatus, type ServiceStatus, type Status, type WatcherStatus } from './operations/status/read.ts';
export { type ListVitalsInput, listVitals } from './operations/vital/list.ts';
export type { OperationContext, RecordContext } from './ports.ts';
export type { RunbookSelection } from './runbook/choose-runbook.ts';
export type { ServiceSelection } from './service/resolve-service.ts';
export type { CheckProgress } from './service/run-service-checks.ts';
