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
    /** What is wrong with the draft. `GET /api/v1/workflows/:workflowId/problems` */
    problems: call<Endpoints['workflows']['problems']>('GET', '/api/v1/workflows/:workflowId/problems', []),
    /** Publish the draft. `POST /api/v1/workflows/:workflowId/publish` */
    publish: call<Endpoints['workflows']['publish']>('POST', '/api/v1/workflows/:workflowId/publish', []),
    /** Latest outputs per node. `GET /api/v1/workflows/:workflowId/samples` */
    samples: call<Endpoints['workflows']['samples']>('GET', '/api/v1/workflows/:workflowId/samples', []),
    /** Published versions. `GET /api/v1/workflows/:workflowId/versions` */
    listVersions: call<Endpoints['workflows']['listVersions']>('GET', '/api/v1/workflows/:workflowId/versions', []),
    /** One published version. `GET /api/v1/workflows/:workflowId/versions/:versionId` */
    getVersion: call<Endpoints['workflows']['getVersion']>('GET', '/api/v1/workflows/:workflowId/versions/:versionId', []),
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
    code: code(transport),
    variables: variables(transport),
    reliability: reliability(transport),
    openApi: openApi(transport),
    health: health(transport),
  } as const;
}

/** The typed API client. */
export type Client = ReturnType<typeof createCalls>;
