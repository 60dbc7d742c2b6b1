import type { RunLedger } from '@millwright/workflow';
import { expect, it } from 'vitest';
import { createExecutor } from '../create-executor.ts';
import { planOf, World } from './world.ts';

/** An executor of a world whose ledger differs in some calls. */
function executorWith(world: World, change: (ledger: RunLedger) => Partial<RunLedger>) {
  const { process } = world.process();
  return createExecutor({
    ...world.ports(process),
    ledgerFor: (header) => {
      const ledger = process.ledgerFor(header);
      return { ...ledger, ...change(ledger) };
    },
  });
}

it('a run whose stored outcomes cannot be read ends as failed, and its caller is told', async () => {
  const world = new World(planOf({ w: 'test.write' }, ['t>w']), { reply: 'end' });
  const executor = executorWith(world, () => ({ open: () => Promise.reject(new Error('a stored payload has an unknown format')) }));
  expect(await executor.runSegment(world.input([{}]))).toEqual({ kind: 'ended', status: 'failed' });
  expect(world.row.end).toMatchObject({ status: 'failed', error: { code: 'engine_broken' } });
  expect(world.replies).toMatchObject([{ status: 500 }]);
  expect(world.sent).toEqual([]);
});

it('a run whose end cannot be stored is tried again: its Temporal workflow must not end before its row', async () => {
  const world = new World(planOf({ s: 'test.set' }, ['t>s']));
  const executor = executorWith(world, () => ({ close: () => Promise.reject(new Error('refused')) }));
  await expect(executor.runSegment(world.input([{}]))).rejects.toMatchObject({ name: 'TransientError', code: 'segment_broken' });
});

it('a caller who waits for a run that failed elsewhere is told so at once', async () => {
  const world = new World(planOf({ s: 'test.set' }, ['t>s']), { reply: 'end' });
  const executor = executorWith(world, () => ({ close: () => Promise.resolve('failed') }));
  expect(await executor.runSegment(world.input([{}]))).toEqual({ kind: 'ended', status: 'failed' });
  expect(world.replies).toMatchObject([{ status: 500 }]);
});
