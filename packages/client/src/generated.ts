// Written by scripts/generate.ts from the contracts; change those and run it again.
import type { Endpoints } from '@millwright/contracts';
import type { Transport } from './transport.ts';

function setup({ call }: Transport) {
  return {
    /** Whether the first owner is still to be created. `GET /api/v1/setup` */
    get: call<Endpoints['setup']['get']>('GET', '/api/v1/setup', []),
    /** Create the first owner and the workspace. `POST /api/v1/setup` */
    create: call<Endpoints['setup']['create']>('POST', '/api/v1/setup', []),
  } as const;
}

function session({ call }: Transport) {
  return {
    /** The current session. `GET /api/v1/session` */
    get: call<Endpoints['session']['get']>('GET', '/api/v1/session', []),
    /** Sign in. `POST /api/v1/session` */
    create: call<Endpoints['session']['create']>('POST', '/api/v1/session', []),
    /** Sign out. `DELETE /api/v1/session` */
    remove: call<Endpoints['session']['remove']>('DELETE', '/api/v1/session', []),
  } as const;
}

function members({ call }: Transport) {
  return {
    /** Members of the workspace. `GET /api/v1/members` */
    list: call<Endpoints['members']['list']>('GET', '/api/v1/members', []),
    /** Change a member's role. `PATCH /api/v1/members/:memberId` */
    update: call<Endpoints['members']['update']>('PATCH', '/api/v1/members/:memberId', []),
    /** Remove a member. `DELETE /api/v1/members/:memberId` */
    remove: call<Endpoints['members']['remove']>('DELETE', '/api/v1/members/:memberId', []),
  } as const;
}

function invitations({ call }: Transport) {
  return {
    /** Open invitations. `GET /api/v1/invitations` */
    list: call<Endpoints['invitations']['list']>('GET', '/api/v1/invitations', []),
    /** Invite a person. `POST /api/v1/invitations` */
    create: call<Endpoints['invitations']['create']>('POST', '/api/v1/invitations', []),
    /** Withdraw an invitation. `DELETE /api/v1/invitations/:invitationId` */
    remove: call<Endpoints['invitations']['remove']>('DELETE', '/api/v1/invitations/:invitationId', []),
    /** What an invitation link offers. `GET /api/v1/invitations/by-token/:token` */
    getByToken: call<Endpoints['invitations']['getByToken']>('GET', '/api/v1/invitations/by-token/:token', []),
    /** Accept an invitation. `POST /api/v1/invitations/by-token/:token/accept` */
    accept: call<Endpoints['invitations']['accept']>('POST', '/api/v1/invitations/by-token/:token/accept', []),
  } as const;
}

function workflows({ call }: Transport) {
  return {
    /** Workflows. `GET /api/v1/workflows` */
    list: call<Endpoints['workflows']['list']>('GET', '/api/v1/workflows', ['query', 'cursor', 'limit']),
    /** Create a workflow. `POST /api/v1/workflows` */
    create: call<Endpoints['workflows']['create']>('POST', '/api/v1/workflows', []),
    /** One workflow. `GET /api/v1/workflows/:workflowId` */
    get: call<Endpoints['workflows']['get']>('GET', '/api/v1/workflows/:workflowId', []),
    /** Rename a workflow or switch it on or off. `PATCH /api/v1/workflows/:workflowId` */
    update: call<Endpoints['workflows']['update']>('PATCH', '/api/v1/workflows/:workflowId', []),
    /** Archive a workflow. `DELETE /api/v1/workflows/:workflowId` */
    remove: call<Endpoints['workflows']['remove']>('DELETE', '/api/v1/workflows/:workflowId', []),
    /** Read the steps at an address. `POST /api/v1/workflows/fetch` */
    fetch: call<Endpoints['workflows']['fetch']>('POST', '/api/v1/workflows/fetch', []),
    /** What is wrong with the draft. `GET /api/v1/workflows/:workflowId/problems` */
    problems: call<Endpoints['workflows']['problems']>('GET', '/api/v1/workflows/:workflowId/problems', []),
    /** What the draft changes in the live version. `GET /api/v1/workflows/:workflowId/changes` */
    changes: call<Endpoints['workflows']['changes']>('GET', '/api/v1/workflows/:workflowId/changes', []),
    /** What is wrong with what would be published. `POST /api/v1/workflows/:workflowId/publish/preview` */
    previewPublish: call<Endpoints['workflows']['previewPublish']>('POST', '/api/v1/workflows/:workflowId/publish/preview', []),
    /** Publish the draft. `POST /api/v1/workflows/:workflowId/publish` */
    publish: call<Endpoints['workflows']['publish']>('POST', '/api/v1/workflows/:workflowId/publish', []),
    /** Go back to a published version. `POST /api/v1/workflows/:workflowId/versions/:versionId/publish` */
    publishVersion: call<Endpoints['workflows']['publishVersion']>('POST', '/api/v1/workflows/:workflowId/versions/:versionId/publish', []),
    /** Latest outputs per node. `GET /api/v1/workflows/:workflowId/samples` */
    samples: call<Endpoints['workflows']['samples']>('GET', '/api/v1/workflows/:workflowId/samples', []),
    /** Record a sample for a node package. `POST /api/v1/workflows/:workflowId/record-sample` */
    recordSample: call<Endpoints['workflows']['recordSample']>('POST', '/api/v1/workflows/:workflowId/record-sample', []),
    /** How the triggers listen. `GET /api/v1/workflows/:workflowId/triggers` */
    triggers: call<Endpoints['workflows']['triggers']>('GET', '/api/v1/workflows/:workflowId/triggers', []),
    /** Published versions. `GET /api/v1/workflows/:workflowId/versions` */
    listVersions: call<Endpoints['workflows']['listVersions']>('GET', '/api/v1/workflows/:workflowId/versions', []),
    /** One published version. `GET /api/v1/workflows/:workflowId/versions/:versionId` */
    getVersion: call<Endpoints['workflows']['getVersion']>('GET', '/api/v1/workflows/:workflowId/versions/:versionId', []),
    /** Versions and restore points. `GET /api/v1/workflows/:workflowId/history` */
    listHistory: call<Endpoints['workflows']['listHistory']>('GET', '/api/v1/workflows/:workflowId/history', ['cursor', 'limit']),
    /** One version or restore point. `GET /api/v1/workflows/:workflowId/history/:entryId` */
    getHistoryEntry: call<Endpoints['workflows']['getHistoryEntry']>('GET', '/api/v1/workflows/:workflowId/history/:entryId', []),
    /** Name the draft as it is now. `POST /api/v1/workflows/:workflowId/history` */
    nameVersion: call<Endpoints['workflows']['nameVersion']>('POST', '/api/v1/workflows/:workflowId/history', []),
    /** Name a restore point. `PATCH /api/v1/workflows/:workflowId/history/:entryId` */
    renamePoint: call<Endpoints['workflows']['renamePoint']>('PATCH', '/api/v1/workflows/:workflowId/history/:entryId', []),
    /** Restore a version or restore point. `POST /api/v1/workflows/:workflowId/history/:entryId/restore` */
    restoreEntry: call<Endpoints['workflows']['restoreEntry']>('POST', '/api/v1/workflows/:workflowId/history/:entryId/restore', []),
    /** Start a run by hand. `POST /api/v1/workflows/:workflowId/runs` */
    startRun: call<Endpoints['workflows']['startRun']>('POST', '/api/v1/workflows/:workflowId/runs', []),
    /** What a test run would do. `POST /api/v1/workflows/:workflowId/test-runs/preview` */
    previewTestRun: call<Endpoints['workflows']['previewTestRun']>('POST', '/api/v1/workflows/:workflowId/test-runs/preview', []),
    /** Run a part of the draft. `POST /api/v1/workflows/:workflowId/test-runs` */
    startTestRun: call<Endpoints['workflows']['startTestRun']>('POST', '/api/v1/workflows/:workflowId/test-runs', []),
    /** Pinned sample data of a node. `GET /api/v1/workflows/:workflowId/pins/:nodeId` */
    getPin: call<Endpoints['workflows']['getPin']>('GET', '/api/v1/workflows/:workflowId/pins/:nodeId', []),
    /** Pin sample data to a node. `PUT /api/v1/workflows/:workflowId/pins/:nodeId` */
    putPin: call<Endpoints['workflows']['putPin']>('PUT', '/api/v1/workflows/:workflowId/pins/:nodeId', []),
    /** Remove pinned sample data. `DELETE /api/v1/workflows/:workflowId/pins/:nodeId` */
    removePin: call<Endpoints['workflows']['removePin']>('DELETE', '/api/v1/workflows/:workflowId/pins/:nodeId', []),
  } as const;
}

function templates({ call }: Transport) {
  return {
    /** Workflows to begin with. `GET /api/v1/templates` */
    list: call<Endpoints['templates']['list']>('GET', '/api/v1/templates', []),
    /** Steps of a workflow to begin with. `GET /api/v1/templates/:key` */
    get: call<Endpoints['templates']['get']>('GET', '/api/v1/templates/:key', []),
  } as const;
}

function drafts({ call }: Transport) {
  return {
    /** The draft of a workflow. `GET /api/v1/drafts/:workflowId` */
    get: call<Endpoints['drafts']['get']>('GET', '/api/v1/drafts/:workflowId', []),
    /** Replace the draft of a workflow. `PUT /api/v1/drafts/:workflowId` */
    put: call<Endpoints['drafts']['put']>('PUT', '/api/v1/drafts/:workflowId', []),
  } as const;
}

function runs({ call, watch }: Transport) {
  return {
    /** Runs. `GET /api/v1/runs` */
    list: call<Endpoints['runs']['list']>('GET', '/api/v1/runs', ['workflowId', 'status', 'mode', 'cursor', 'limit']),
    /** One run. `GET /api/v1/runs/:runId` */
    get: call<Endpoints['runs']['get']>('GET', '/api/v1/runs/:runId', []),
    /** Data and attempts of one node run. `GET /api/v1/runs/:runId/node-runs/:nodeId/:runIndex` */
    getNodeRun: call<Endpoints['runs']['getNodeRun']>('GET', '/api/v1/runs/:runId/node-runs/:nodeId/:runIndex', ['itemOffset', 'itemLimit']),
    /** One run, live. `GET /api/v1/runs/:runId/events` */
    watch: watch<Endpoints['runs']['watch']>('/api/v1/runs/:runId/events', []),
    /** Changing runs, live. `GET /api/v1/runs/events` */
    watchAll: watch<Endpoints['runs']['watchAll']>('/api/v1/runs/events', ['workflowId']),
    /** Cancel a run. `POST /api/v1/runs/:runId/cancel` */
    cancel: call<Endpoints['runs']['cancel']>('POST', '/api/v1/runs/:runId/cancel', []),
    /** Terminate a run. `POST /api/v1/runs/:runId/terminate` */
    terminate: call<Endpoints['runs']['terminate']>('POST', '/api/v1/runs/:runId/terminate', []),
    /** Pause a run. `POST /api/v1/runs/:runId/pause` */
    pause: call<Endpoints['runs']['pause']>('POST', '/api/v1/runs/:runId/pause', []),
    /** Let a paused run go on. `POST /api/v1/runs/:runId/unpause` */
    unpause: call<Endpoints['runs']['unpause']>('POST', '/api/v1/runs/:runId/unpause', []),
    /** What a resume would skip, do again, ask and refuse. `GET /api/v1/runs/:runId/resume-preview` */
    resumePreview: call<Endpoints['runs']['resumePreview']>('GET', '/api/v1/runs/:runId/resume-preview', ['version']),
    /** Go on with a run. `POST /api/v1/runs/:runId/resume` */
    resume: call<Endpoints['runs']['resume']>('POST', '/api/v1/runs/:runId/resume', []),
    /** Run again from the start. `POST /api/v1/runs/:runId/rerun` */
    rerun: call<Endpoints['runs']['rerun']>('POST', '/api/v1/runs/:runId/rerun', []),
    /** Settle a lost answer. `POST /api/v1/runs/:runId/node-runs/:nodeId/:runIndex/settle` */
    settle: call<Endpoints['runs']['settle']>('POST', '/api/v1/runs/:runId/node-runs/:nodeId/:runIndex/settle', []),
    /** Try a waiting step now. `POST /api/v1/runs/:runId/node-runs/:nodeId/:runIndex/retry-now` */
    retryNow: call<Endpoints['runs']['retryNow']>('POST', '/api/v1/runs/:runId/node-runs/:nodeId/:runIndex/retry-now', []),
    /** What a dry run would have written. `GET /api/v1/runs/:runId/intended-changes` */
    intendedChanges: call<Endpoints['runs']['intendedChanges']>('GET', '/api/v1/runs/:runId/intended-changes', []),
    /** Cancel, resume or repeat many runs. `POST /api/v1/runs/bulk` */
    bulk: call<Endpoints['runs']['bulk']>('POST', '/api/v1/runs/bulk', []),
  } as const;
}

function nodeTypes({ call }: Transport) {
  return {
    /** Installed node types. `GET /api/v1/node-types` */
    list: call<Endpoints['nodeTypes']['list']>('GET', '/api/v1/node-types', []),
    /** Values of a parameter, from the service. `POST /api/v1/node-types/options` */
    options: call<Endpoints['nodeTypes']['options']>('POST', '/api/v1/node-types/options', []),
    /** Which node types are used most. `GET /api/v1/node-types/usage` */
    usage: call<Endpoints['nodeTypes']['usage']>('GET', '/api/v1/node-types/usage', []),
  } as const;
}

function connectors({ call }: Transport) {
  return {
    /** Installed connectors and what is proved of them. `GET /api/v1/connectors` */
    list: call<Endpoints['connectors']['list']>('GET', '/api/v1/connectors', []),
    /** Make a connector of an API description. `POST /api/v1/connectors/import` */
    import: call<Endpoints['connectors']['import']>('POST', '/api/v1/connectors/import', []),
    /** Add a connector made of an API description. `POST /api/v1/connectors` */
    add: call<Endpoints['connectors']['add']>('POST', '/api/v1/connectors', []),
    /** Compare a connector with a newer API description. `POST /api/v1/connectors/:connectorKey/compare` */
    compare: call<Endpoints['connectors']['compare']>('POST', '/api/v1/connectors/:connectorKey/compare', []),
    /** Update a connector made of an API description. `POST /api/v1/connectors/:connectorKey/versions` */
    update: call<Endpoints['connectors']['update']>('POST', '/api/v1/connectors/:connectorKey/versions', []),
    /** Remove a connector made of an API description. `DELETE /api/v1/connectors/:connectorKey` */
    remove: call<Endpoints['connectors']['remove']>('DELETE', '/api/v1/connectors/:connectorKey', []),
  } as const;
}

function code({ call }: Transport) {
  return {
    /** How Code steps run: walls, languages, packages. `GET /api/v1/code` */
    get: call<Endpoints['code']['get']>('GET', '/api/v1/code', []),
  } as const;
}

function variables({ call }: Transport) {
  return {
    /** Variables of the workspace, and allowed environment names. `GET /api/v1/variables` */
    list: call<Endpoints['variables']['list']>('GET', '/api/v1/variables', []),
    /** Set a variable. `PUT /api/v1/variables/:key` */
    put: call<Endpoints['variables']['put']>('PUT', '/api/v1/variables/:key', []),
    /** Remove a variable. `DELETE /api/v1/variables/:key` */
    remove: call<Endpoints['variables']['remove']>('DELETE', '/api/v1/variables/:key', []),
  } as const;
}

function credentialTypes({ call }: Transport) {
  return {
    /** Kinds of connections. `GET /api/v1/credential-types` */
    list: call<Endpoints['credentialTypes']['list']>('GET', '/api/v1/credential-types', []),
  } as const;
}

function credentials({ call }: Transport) {
  return {
    /** Connections that you may use. `GET /api/v1/credentials` */
    list: call<Endpoints['credentials']['list']>('GET', '/api/v1/credentials', []),
    /** Store a connection. `POST /api/v1/credentials` */
    create: call<Endpoints['credentials']['create']>('POST', '/api/v1/credentials', []),
    /** A connection, without its secrets. `GET /api/v1/credentials/:credentialId` */
    get: call<Endpoints['credentials']['get']>('GET', '/api/v1/credentials/:credentialId', []),
    /** Change a connection. `PATCH /api/v1/credentials/:credentialId` */
    update: call<Endpoints['credentials']['update']>('PATCH', '/api/v1/credentials/:credentialId', []),
    /** Delete a connection. `DELETE /api/v1/credentials/:credentialId` */
    remove: call<Endpoints['credentials']['remove']>('DELETE', '/api/v1/credentials/:credentialId', []),
    /** Test a connection. `POST /api/v1/credentials/:credentialId/test` */
    test: call<Endpoints['credentials']['test']>('POST', '/api/v1/credentials/:credentialId/test', []),
    /** Share a connection. `PUT /api/v1/credentials/:credentialId/grants` */
    share: call<Endpoints['credentials']['share']>('PUT', '/api/v1/credentials/:credentialId/grants', []),
    /** Begin to connect in the service’s window. `POST /api/v1/credentials/:credentialId/oauth` */
    startOauth: call<Endpoints['credentials']['startOauth']>('POST', '/api/v1/credentials/:credentialId/oauth', []),
    /** Finish to connect in the service’s window. `POST /api/v1/credentials/oauth/finish` */
    finishOauth: call<Endpoints['credentials']['finishOauth']>('POST', '/api/v1/credentials/oauth/finish', []),
    /** Begin to connect by a code. `POST /api/v1/credentials/:credentialId/device` */
    startDevice: call<Endpoints['credentials']['startDevice']>('POST', '/api/v1/credentials/:credentialId/device', []),
    /** Ask whether the code was typed in. `POST /api/v1/credentials/device/poll` */
    pollDevice: call<Endpoints['credentials']['pollDevice']>('POST', '/api/v1/credentials/device/poll', []),
  } as const;
}

function clientApps({ call }: Transport) {
  return {
    /** Client apps of connectors. `GET /api/v1/client-apps` */
    list: call<Endpoints['clientApps']['list']>('GET', '/api/v1/client-apps', []),
    /** Enter a client app. `PUT /api/v1/client-apps/:connectorKey` */
    put: call<Endpoints['clientApps']['put']>('PUT', '/api/v1/client-apps/:connectorKey', []),
    /** Remove a client app. `DELETE /api/v1/client-apps/:connectorKey` */
    remove: call<Endpoints['clientApps']['remove']>('DELETE', '/api/v1/client-apps/:connectorKey', []),
  } as const;
}

function keys({ call }: Transport) {
  return {
    /** Exchange an encryption key. `POST /api/v1/keys/rotate` */
    rotate: call<Endpoints['keys']['rotate']>('POST', '/api/v1/keys/rotate', []),
  } as const;
}

function mail({ call }: Transport) {
  return {
    /** The mail server of this install. `GET /api/v1/mail/settings` */
    getSettings: call<Endpoints['mail']['getSettings']>('GET', '/api/v1/mail/settings', []),
    /** Set the mail server of this install. `PUT /api/v1/mail/settings` */
    putSettings: call<Endpoints['mail']['putSettings']>('PUT', '/api/v1/mail/settings', []),
    /** Remove the mail server of this install. `DELETE /api/v1/mail/settings` */
    removeSettings: call<Endpoints['mail']['removeSettings']>('DELETE', '/api/v1/mail/settings', []),
    /** Send a test message. `POST /api/v1/mail/test` */
    test: call<Endpoints['mail']['test']>('POST', '/api/v1/mail/test', []),
    /** The outbox. `GET /api/v1/mail/outbox` */
    listOutbox: call<Endpoints['mail']['listOutbox']>('GET', '/api/v1/mail/outbox', ['cursor', 'limit', 'state']),
    /** Send a mail now. `POST /api/v1/mail/outbox/:mailId/retry` */
    retry: call<Endpoints['mail']['retry']>('POST', '/api/v1/mail/outbox/:mailId/retry', []),
  } as const;
}

function network({ call }: Transport) {
  return {
    /** Hosts that workflows may reach. `GET /api/v1/network/rules` */
    getRules: call<Endpoints['network']['getRules']>('GET', '/api/v1/network/rules', []),
    /** Set the hosts that workflows may reach. `PUT /api/v1/network/rules` */
    putRules: call<Endpoints['network']['putRules']>('PUT', '/api/v1/network/rules', []),
  } as const;
}

function reliability({ call }: Transport) {
  return {
    /** The last proof of reliability. `GET /api/v1/reliability` */
    get: call<Endpoints['reliability']['get']>('GET', '/api/v1/reliability', []),
    /** Pull the plug: kill the server process while runs are under way. `POST /api/v1/reliability/proofs` */
    startProof: call<Endpoints['reliability']['startProof']>('POST', '/api/v1/reliability/proofs', []),
  } as const;
}

function openApi({ call }: Transport) {
  return {
    /** The OpenAPI 3.1 document of this API. `GET /api/v1/openapi.json` */
    get: call<Endpoints['openApi']['get']>('GET', '/api/v1/openapi.json', []),
  } as const;
}

function health({ call }: Transport) {
  return {
    /** Whether the process answers. `GET /healthz` */
    live: call<Endpoints['health']['live']>('GET', '/healthz', []),
    /** Whether every dependency works. `GET /readyz` */
    ready: call<Endpoints['health']['ready']>('GET', '/readyz', []),
  } as const;
}

/** Every endpoint as a function over the transport. */
export function createCalls(transport: Transport) {
  return {
    setup: setup(transport),
    session: session(transport),
    members: members(transport),
    invitations: invitations(transport),
    workflows: workflows(transport),
    templates: templates(transport),
    drafts: drafts(transport),
    runs: runs(transport),
    nodeTypes: nodeTypes(transport),
    connectors: connectors(transport),
    code: code(transport),
    variables: variables(transport),
    credentialTypes: credentialTypes(transport),
    credentials: credentials(transport),
    clientApps: clientApps(transport),
    keys: keys(transport),
    mail: mail(transport),
    network: network(transport),
    reliability: reliability(transport),
    openApi: openApi(transport),
    health: health(transport),
  } as const;
}

/** The typed API client. */
export type Client = ReturnType<typeof createCalls>;
