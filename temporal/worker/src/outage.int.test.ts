import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newId, systemClock, TransientError } from '@millwright/core';
import { createLogger } from '@millwright/platform';
import { createActivities } from '@millwright/temporal-activities';
import { createDataConverter, createRunStarter, EagerStarts } from '@millwright/temporal-client';
import type { RunGraphInput } from '@millwright/temporal-protocol';
import { eventually, startTcpProxy, testCluster } from '@millwright/testing';
import { expect, it } from 'vitest';
import { connectTemporal } from './connect.ts';
import { createWorkers } from './create-workers.ts';

const key = randomBytes(32);

function runInput(): RunGraphInput {
  return {
    v: 1,
    header: {
      workspaceId: newId('workspace'),
      runId: newId('run'),
      workflowId: newId('workflow'),
      workflowName: 'w',
      versionId: newId('version'),
      planHash: 'p',
      triggerNodeId: 'hook',
      mode: 'manual',
      originDay: '2026-11-21',
      startedAtMs: 0,
      save: 'all',
      reply: 'none',
    },
    skeleton: { engineVersion: 1, planHash: 'p', order: 'parallel', timeoutMs: null, nodes: [] },
    trigger: { id: 'hook:0:main', count: 0, sizeBytes: 0, inline: [] },
  };
}

it(
  'while Temporal cannot be reached starts fail as transient; afterwards the same link and the same worker go on',
  { timeout: 120_000 },
  async () => {
    const proxy = await startTcpProxy(testCluster().temporalAddress);
    const cacheDir = await mkdtemp(path.join(tmpdir(), 'millwright-outage-'));
    const log = createLogger({ level: 'silent', name: 'tests' });
    const dataConverter = createDataConverter({ keyIdFor: async () => 'k', keyFor: async () => key });
    const queuePrefix = `o${randomBytes(4).toString('hex')}-`;
    const eagerStarts = new EagerStarts(systemClock);
    const connection = await connectTemporal(proxy.address, log);
    const ran: string[] = [];
    const executor = {
      runSegment: async ({ header }: { readonly header: RunGraphInput['header'] }) => {
        ran.push(header.runId);
        return { kind: 'ended', status: 'succeeded' } as const;
      },
    };
    const workers = await createWorkers({
      connection,
      namespace: 'millwright',
      queues: ['rt'],
      queuePrefix,
      activities: createActivities({ executor, eagerStarts }),
      dataConverter,
      cacheDir,
      log,
    });
    const starter = createRunStarter({ connection, namespace: 'millwright', queue: `${queuePrefix}rt`, dataConverter, eagerStarts });
    try {
      const [before, during, after] = [runInput(), runInput(), runInput()];
      await starter.start(before, { deadlineMs: 20_000 });
      await eventually(() => ran.includes(before.header.runId));

      proxy.cut();
      const failure: unknown = await starter.start(during).catch((thrown: unknown) => thrown);
      expect(failure).toBeInstanceOf(TransientError);
      expect(failure).toMatchObject({ code: 'temporal_unavailable' });
      await expect(starter.wake(before.header.runId)).rejects.toMatchObject({ code: 'temporal_unavailable' });

      proxy.mend();
      await eventually(() => starter.start(after, { deadlineMs: 5000 }));
      await eventually(() => ran.includes(after.header.runId));
      // The one that failed can be started with its own id: nothing of it had happened, or it is told so.
      const again = await starter.start(during, { deadlineMs: 5000 });
      expect('started' in again || 'duplicate' in again).toBe(true);
      await eventually(() => ran.includes(during.header.runId));
    } finally {
      await workers.shutdown();
      await connection.close();
      await proxy.close();
      await rm(cacheDir, { recursive: true, force: true });
    }
  },
);
