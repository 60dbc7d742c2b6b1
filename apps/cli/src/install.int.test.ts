import { afterEach, describe, expect, it } from 'vitest';
import { createOwner, eventually, prepareInstall, sketchDocument, type Install, type SignedIn } from '@millwright/testing';

let install: Install;
afterEach(async () => install?.remove());

/** Publishes a workflow that waits, and returns its webhook. */
async function publishWaiting(owner: SignedIn, seconds: number): Promise<string> {
  const { id } = await owner.client.workflows.create({ body: { name: 'Patient' } });
  const { revision } = await owner.client.drafts.get({ workflowId: id });
  const document = sketchDocument(
    'Patient',
    [
      ['hook', 'core.webhook', { answer: 'now' }],
      ['wait', 'core.wait', { amount: seconds, unit: 'seconds' }],
      ['after', 'core.editFields', { assignments: [{ name: 'late', value: '{{ $json.body.name }}' }], keepOther: false }],
    ],
    ['hook -> wait', 'wait -> after'],
  );
  await owner.client.drafts.put({ workflowId: id, revision, body: document });
  return (await owner.client.workflows.publish({ workflowId: id, body: {} })).endpoints[0]?.url ?? '';
}

async function startWaiting(owner: SignedIn, seconds: number): Promise<string> {
  const url = await publishWaiting(owner, seconds);
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"Jane"}' });
  const { runId } = (await response.json()) as { runId: string };
  await eventually(async () => {
    const run = await owner.client.runs.get({ runId });
    return run.status === 'waiting' && run.waitsFor?.kind === 'timer';
  });
  return runId;
}

async function expectEnded(owner: SignedIn, runId: string): Promise<void> {
  const run = await eventually(async () => {
    const found = await owner.client.runs.get({ runId });
    return found.status === 'succeeded' ? found : null;
  }, 60_000);
  expect(run.nodeRuns.map((nodeRun) => [nodeRun.nodeId, nodeRun.status])).toEqual([
    ['hook', 'succeeded'],
    ['wait', 'succeeded'],
    ['after', 'succeeded'],
  ]);
}

describe('an install', () => {
  it('ends a waiting run after everything was stopped and started again, and leaves no process behind', async () => {
    install = await prepareInstall();
    await install.start();
    const owner = await createOwner(install);
    const runId = await startWaiting(owner, 12);
    install.signal('SIGINT');
    expect(await install.gone()).toBe(0);
    // A database whose last checkpoint waits for a slow disk is seen off by the watcher.
    await eventually(() => install.processes().length === 0, 40_000);
    await install.start();
    await expectEnded(owner, runId);
  });

  it('ends a waiting run after everything was killed at once', async () => {
    install = await prepareInstall();
    await install.start();
    const owner = await createOwner(install);
    const runId = await startWaiting(owner, 5);
    for (const line of install.processes()) {
      try {
        process.kill(Number(line.split(' ')[0]), 'SIGKILL');
      } catch {
        // Postgres' own children end with it.
      }
    }
    await install.gone();
    await install.start();
    await expectEnded(owner, runId);
  });

  it('leaves no process when it is killed outright', async () => {
    install = await prepareInstall();
    await install.start();
    install.signal('SIGKILL');
    await install.gone();
    await eventually(() => install.processes().length === 0, 40_000);
  });

  it('leaves no process when it is killed while it starts', async () => {
    install = await prepareInstall();
    install.launch();
    await eventually(() => install.processes().some((line) => line.includes('postgres')), 30_000);
    install.signal('SIGKILL');
    await install.gone();
    await eventually(() => install.processes().length === 0, 40_000);
  });
});
