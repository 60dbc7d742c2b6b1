import { createConnectorRuntime, type CredentialLender, type LentCredential } from '@millwright/connector-runtime';
import type { JsonObject } from '@millwright/core';
import type { EgressRequest } from '@millwright/egress';
import type { NodeCall } from '@millwright/executor';
import github from '@millwright/node-github';
import { defineAction, z } from '@millwright/node-sdk';
import type { PlanNode, RunHeader } from '@millwright/workflow';
import { expect, it } from 'vitest';
import { createNodeRunner } from './node-runner.ts';

const ISSUE = { number: 1, title: 'T', state: 'open', html_url: 'https://github.com/o/r/issues/1' };
/** A node that writes its request itself. */
const own = defineAction({
  type: 'trial.own',
  version: 1,
  title: 'Own',
  description: 'Sends.',
  category: 'apps',
  icon: 'globe',
  effect: 'write',
  onLostAnswer: 'ask',
  input: z.object({ host: z.string().default('api.github.com').meta({ title: 'Host' }) }),
  output: z.int(),
  sample: 200,
  run: async ({ input, http }) =>
    (await http.request({ method: 'POST', url: `https://${input.host}/x`, body: { a: 1 }, credential: 'auth' })).status,
});
const HEADER = { runId: 'run_1', workspaceId: 'ws_1', versionId: 'wfv_1' } as RunHeader;

/** A runner with GitHub installed and one credential; `statuses` are what GitHub answers in turn. */
function trial(statuses: readonly number[] = [201]) {
  const told: string[] = [];
  const refs: unknown[] = [];
  const egress = {
    request: (request: EgressRequest) => {
      told.push(`sent ${request.method} ${request.headers?.['authorization'] ?? ''}`);
      const status = statuses[Math.min(told.filter((line) => line.startsWith('sent')).length, statuses.length) - 1] ?? 200;
      const body = new TextEncoder().encode(JSON.stringify(ISSUE));
      return Promise.resolve({ status, headers: { 'content-type': 'application/json' }, body, url: request.url });
    },
  };
  const [, type] = github.credentialTypes;
  if (type === undefined) throw new Error('no credential type');
  const lent: LentCredential = {
    credentialId: 'cred_1',
    type: type.type,
    auth: type.auth,
    fields: { token: 'ghp' },
    hosts: type.hosts,
    generation: 0,
  };
  const lender: CredentialLender = {
    lend: (ref, work) => {
      refs.push(ref);
      return work(lent);
    },
    renew: () => Promise.resolve(),
  };
  const actions = new Map(github.nodes.flatMap((node) => (node.kind === 'trigger' ? [] : [[node.info.type, node] as const])));
  actions.set(own.info.type, own);
  const connectors = createConnectorRuntime({ egress, lender });
  const runner = createNodeRunner({ runners: { get: (name) => actions.get(name) }, egress, connectors });
  const run = (name: string, parameters: JsonObject, patch: Partial<NodeCall> = {}) =>
    runner.run({
      header: HEADER,
      node: { id: 'n', type: name, version: 1 } as PlanNode,
      parameters: { owner: 'o', repo: 'r', ...parameters },
      items: [{ json: {} }],
      itemIndex: 0,
      runIndex: 0,
      attempt: 1,
      idempotencyKey: 'key-36',
      nowMs: 0,
      signal: new AbortController().signal,
      beforeSend: (hash) => {
        told.push(`stored ${hash.length}`);
        return Promise.resolve();
      },
      credentials: { auth: 'cred_1' },
      ...patch,
    });
  return { run, told, refs };
}

it('a declared write is stored as leaving, then leaves signed; its answer is the item', async () => {
  const { run, told, refs } = trial();
  expect(await run('github.issue.create', { title: 'T' })).toEqual({ items: { main: [{ json: ISSUE, from: [0] }] } });
  expect(told).toEqual(['stored 64', 'sent POST Bearer ghp']);
  expect(refs).toEqual([{ workspaceId: 'ws_1', credentialId: 'cred_1', versionId: 'wfv_1' }]);
});

it('further sends of an attempt belong to the same stored one', async () => {
  const { run, told } = trial([401, 201]);
  await run('github.issue.create', { title: 'T' });
  expect(told.map((line) => line.split(' ')[0])).toEqual(['stored', 'sent', 'sent']);
});

it('nothing leaves when the write may not be sent', async () => {
  const { run, told } = trial();
  await expect(run('github.issue.create', { title: 'T' }, { beforeSend: () => Promise.reject(new Error('not ours')) })).rejects.toThrow(
    'not ours',
  );
  expect(told).toEqual([]);
});

it('a read stores nothing', async () => {
  const { run, told } = trial([200]);
  await run('github.issue.get', { number: 1 }, { idempotencyKey: null });
  expect(told).toEqual(['sent GET Bearer ghp']);
});

it('without a credential, or with parameters that do not fit, nothing is sent', async () => {
  const { run, told } = trial();
  await expect(run('github.issue.create', { title: 'T' }, { credentials: {} })).rejects.toMatchObject({ code: 'credential_missing' });
  await expect(run('github.issue.create', {})).rejects.toMatchObject({ code: 'parameter_invalid', details: { field: 'parameters.title' } });
  expect(told).toEqual([]);
});

it('a request that a node writes itself is signed by its credential, after it was stored; a refusal is tried once more and handed on', async () => {
  const { run, told } = trial([401]);
  expect(await run('trial.own', {})).toMatchObject({ items: { main: [{ json: 401 }] } });
  expect(told).toEqual(['stored 64', 'sent POST Bearer ghp', 'sent POST Bearer ghp']);
});

it('a signed request goes to no other host, and never unsigned', async () => {
  const { run, told } = trial();
  await expect(run('trial.own', { host: 'evil.example.net' })).rejects.toMatchObject({ code: 'host_not_listed' });
  await expect(run('trial.own', {}, { credentials: {} })).rejects.toMatchObject({ code: 'credential_missing' });
  const without = createNodeRunner({ runners: { get: () => own }, egress: { request: () => Promise.reject(new Error('sent')) } });
  const call = {
    header: HEADER,
    node: { id: 'n', type: 'trial.own', version: 1 } as PlanNode,
    parameters: {},
    items: [],
    itemIndex: 0,
    runIndex: 0,
    attempt: 1,
  };
  const rest = {
    idempotencyKey: 'key-36',
    nowMs: 0,
    signal: new AbortController().signal,
    beforeSend: () => Promise.resolve(),
    credentials: { auth: 'cred_1' },
  };
  await expect(without.run({ ...call, ...rest })).rejects.toMatchObject({ code: 'credential_unavailable', details: { sent: false } });
  expect(told).toEqual([]);
});
