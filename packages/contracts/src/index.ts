export {
  defineEndpoint,
  type Answer,
  type AnswerOf,
  type BodyOf,
  type Endpoint,
  type EventsOf,
  type HttpMethod,
  type InputOf,
  type ParamsOf,
  type QueryOf,
} from './endpoint.ts';
export type { ClientAppView } from './client-apps/view.ts';
export type { ConnectorChangesView, StepChangeView } from './connectors/changes.ts';
export type { ImportedConnectorView } from './connectors/import.ts';
export type { ConnectorView } from './connectors/list.ts';
export type { OptionView } from './node-types/options.ts';
export type { CredentialTypeView } from './credential-types/list.ts';
export type { CredentialView, GrantView } from './credentials/view.ts';
export { endpoints, type Endpoints } from './endpoints.ts';
export type { Person } from './fields.ts';
export type { CodeSettings } from './code/get.ts';
export type { DraftView } from './drafts/get.ts';
export type { Readiness } from './health/readyz.ts';
export type { InvitationView } from './invitations/list.ts';
export type { MailView } from './mail/outbox/view.ts';
export type { MailSettingsView } from './mail/settings/view.ts';
export type { NetworkRulesView } from './network/rules/view.ts';
export type { MemberView } from './members/list.ts';
export { PERMISSIONS, ROLES, type Permission, type Role } from './permissions.ts';
export { apiProblemSchema, type ApiProblem } from './problem.ts';
export type { ReliabilityView } from './reliability/get.ts';
export type { ProofView } from './reliability/view.ts';
export type { RunEventView } from './runs/events.ts';
export type { RunDetail } from './runs/get.ts';
export type { AttemptView, CalledRun, ConsoleLineView, PortData } from './runs/node-runs/get.ts';
export type { ResumePreview } from './runs/resume-preview.ts';
export type { NodeRunSummary, RunSummary } from './runs/view.ts';
export type { SessionView } from './session/view.ts';
export { VARIABLE_KEY, VARIABLE_LIMITS } from './variables/limits.ts';
export type { VariablesView } from './variables/list.ts';
export type { VariableView } from './variables/view.ts';
export type { TestNode, TestRunRequest } from './workflows/test-runs/view.ts';
export type { DraftChangeView, WorkflowChangesView } from './workflows/changes.ts';
export type { HistoryEntryView } from './workflows/history/view.ts';
export type { VersionSummary } from './workflows/versions/list.ts';
export type { EndpointView, WorkflowSummary, WorkflowView } from './workflows/view.ts';
export type { TriggerStateView } from './workflows/triggers.ts';
