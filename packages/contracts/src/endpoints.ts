import { listClientApps } from './client-apps/list.ts';
import { putClientApp } from './client-apps/put.ts';
import { removeClientApp } from './client-apps/remove.ts';
import { getCodeSettings } from './code/get.ts';
import { addConnector } from './connectors/add.ts';
import { compareConnector } from './connectors/compare.ts';
import { importConnector } from './connectors/import.ts';
import { listConnectors } from './connectors/list.ts';
import { removeConnector } from './connectors/remove.ts';
import { updateConnector } from './connectors/update.ts';
import { listCredentialTypes } from './credential-types/list.ts';
import { createCredential } from './credentials/create.ts';
import { pollDeviceCode } from './credentials/device/poll.ts';
import { startDeviceCode } from './credentials/device/start.ts';
import { getCredential } from './credentials/get.ts';
import { listCredentials } from './credentials/list.ts';
import { finishOauth } from './credentials/oauth/finish.ts';
import { startOauth } from './credentials/oauth/start.ts';
import { removeCredential } from './credentials/remove.ts';
import { shareCredential } from './credentials/share.ts';
import { testCredential } from './credentials/test.ts';
import { updateCredential } from './credentials/update.ts';
import { getDraft } from './drafts/get.ts';
import { putDraft } from './drafts/put.ts';
import { getHealth } from './health/healthz.ts';
import { getReadiness } from './health/readyz.ts';
import { acceptInvitation } from './invitations/by-token/accept.ts';
import { getInvitationByToken } from './invitations/by-token/get.ts';
import { createInvitation } from './invitations/create.ts';
import { listInvitations } from './invitations/list.ts';
import { removeInvitation } from './invitations/remove.ts';
import { rotateKeys } from './keys/rotate.ts';
import { listMails } from './mail/outbox/list.ts';
import { retryMail } from './mail/outbox/retry.ts';
import { getMailSettings } from './mail/settings/get.ts';
import { putMailSettings } from './mail/settings/put.ts';
import { removeMailSettings } from './mail/settings/remove.ts';
import { testMail } from './mail/test.ts';
import { getNetworkRules } from './network/rules/get.ts';
import { putNetworkRules } from './network/rules/put.ts';
import { listMembers } from './members/list.ts';
import { removeMember } from './members/remove.ts';
import { updateMember } from './members/update.ts';
import { listNodeTypes } from './node-types/list.ts';
import { listNodeTypeUsage } from './node-types/usage.ts';
import { listNodeTypeOptions } from './node-types/options.ts';
import { getOpenApi } from './openapi/get.ts';
import { getReliability } from './reliability/get.ts';
import { startProof } from './reliability/start-proof.ts';
import { bulkRuns } from './runs/bulk.ts';
import { cancelRun } from './runs/cancel.ts';
import { watchRuns } from './runs/changes.ts';
import { watchRun } from './runs/events.ts';
import { getRun } from './runs/get.ts';
import { listIntendedChanges } from './runs/intended-changes.ts';
import { listRuns } from './runs/list.ts';
import { getNodeRun } from './runs/node-runs/get.ts';
import { retryNodeRunNow } from './runs/node-runs/retry-now.ts';
import { settleNodeRun } from './runs/node-runs/settle.ts';
import { pauseRun } from './runs/pause.ts';
import { rerunRun } from './runs/rerun.ts';
import { previewResume } from './runs/resume-preview.ts';
import { resumeRun } from './runs/resume.ts';
import { terminateRun } from './runs/terminate.ts';
import { unpauseRun } from './runs/unpause.ts';
import { createSession } from './session/create.ts';
import { getSession } from './session/get.ts';
import { removeSession } from './session/remove.ts';
import { createSetup } from './setup/create.ts';
import { getSetup } from './setup/get.ts';
import { getTemplate } from './templates/get.ts';
import { listTemplates } from './templates/list.ts';
import { listVariables } from './variables/list.ts';
import { putVariable } from './variables/put.ts';
import { removeVariable } from './variables/remove.ts';
import { listChanges } from './workflows/changes.ts';
import { createWorkflow } from './workflows/create.ts';
import { getWorkflow } from './workflows/get.ts';
import { nameVersion } from './workflows/history/create.ts';
import { getHistoryEntry } from './workflows/history/get.ts';
import { listHistory } from './workflows/history/list.ts';
import { restoreEntry } from './workflows/history/restore.ts';
import { renamePoint } from './workflows/history/update.ts';
import { listWorkflows } from './workflows/list.ts';
import { getPin } from './workflows/pins/get.ts';
import { putPin } from './workflows/pins/put.ts';
import { removePin } from './workflows/pins/remove.ts';
import { listProblems } from './workflows/problems.ts';
import { publishWorkflow } from './workflows/publish.ts';
import { previewPublish } from './workflows/publish/preview.ts';
import { removeWorkflow } from './workflows/remove.ts';
import { startRun } from './workflows/runs/start.ts';
import { fetchSteps } from './workflows/fetch.ts';
import { recordSample } from './workflows/record-sample.ts';
import { getSamples } from './workflows/samples.ts';
import { previewTestRun } from './workflows/test-runs/preview.ts';
import { startTestRun } from './workflows/test-runs/start.ts';
import { listTriggers } from './workflows/triggers.ts';
import { updateWorkflow } from './workflows/update.ts';
import { getVersion } from './workflows/versions/get.ts';
import { listVersions } from './workflows/versions/list.ts';
import { publishVersion } from './workflows/versions/publish.ts';

/** Every endpoint, named as the client names it: `group.method`. The one list. */
export const endpoints = {
  setup: { get: getSetup, create: createSetup },
  session: { get: getSession, create: createSession, remove: removeSession },
  members: { list: listMembers, update: updateMember, remove: removeMember },
  invitations: {
    list: listInvitations,
    create: createInvitation,
    remove: removeInvitation,
    getByToken: getInvitationByToken,
    accept: acceptInvitation,
  },
  workflows: {
    list: listWorkflows,
    create: createWorkflow,
    get: getWorkflow,
    update: updateWorkflow,
    remove: removeWorkflow,
    fetch: fetchSteps,
    problems: listProblems,
    changes: listChanges,
    previewPublish,
    publish: publishWorkflow,
    publishVersion,
    samples: getSamples,
    recordSample,
    triggers: listTriggers,
    listVersions,
    getVersion,
    listHistory,
    getHistoryEntry,
    nameVersion,
    renamePoint,
    restoreEntry,
    startRun,
    previewTestRun,
    startTestRun,
    getPin,
    putPin,
    removePin,
  },
  templates: { list: listTemplates, get: getTemplate },
  drafts: { get: getDraft, put: putDraft },
  runs: {
    list: listRuns,
    get: getRun,
    getNodeRun,
    watch: watchRun,
    watchAll: watchRuns,
    cancel: cancelRun,
    terminate: terminateRun,
    pause: pauseRun,
    unpause: unpauseRun,
    resumePreview: previewResume,
    resume: resumeRun,
    rerun: rerunRun,
    settle: settleNodeRun,
    retryNow: retryNodeRunNow,
    intendedChanges: listIntendedChanges,
    bulk: bulkRuns,
  },
  nodeTypes: { list: listNodeTypes, options: listNodeTypeOptions, usage: listNodeTypeUsage },
  connectors: {
    list: listConnectors,
    import: importConnector,
    add: addConnector,
    compare: compareConnector,
    update: updateConnector,
    remove: removeConnector,
  },
  code: { get: getCodeSettings },
  variables: { list: listVariables, put: putVariable, remove: removeVariable },
  credentialTypes: { list: listCredentialTypes },
  credentials: {
    list: listCredentials,
    create: createCredential,
    get: getCredential,
    update: updateCredential,
    remove: removeCredential,
    test: testCredential,
    share: shareCredential,
    startOauth,
    finishOauth,
    startDevice: startDeviceCode,
    pollDevice: pollDeviceCode,
  },
  clientApps: { list: listClientApps, put: putClientApp, remove: removeClientApp },
  keys: { rotate: rotateKeys },
  mail: {
    getSettings: getMailSettings,
    putSettings: putMailSettings,
    removeSettings: removeMailSettings,
    test: testMail,
    listOutbox: listMails,
    retry: retryMail,
  },
  network: { getRules: getNetworkRules, putRules: putNetworkRules },
  reliability: { get: getReliability, startProof },
  openApi: { get: getOpenApi },
  health: { live: getHealth, ready: getReadiness },
} as const;

/** The type of the list of endpoints; the generated client is written in terms of it. */
export type Endpoints = typeof endpoints;
