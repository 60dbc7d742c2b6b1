import { ConnectorError } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { trial } from './testing/trial.ts';

const lost = new ConnectorError('transient', {
  code: 'egress_answer_lost',
  message: 'lost',
  retry: { afterMs: 1000 },
  details: { sent: true },
});
const unreachable = new ConnectorError('transient', {
  code: 'egress_unreachable',
  message: 'away',
  retry: { afterMs: 1000 },
  details: { sent: false },
});
const kinds = (told: readonly string[]): readonly string[] => told.map((line) => line.split(' ')[0] ?? '');

describe('a write', () => {
  it('is stored as leaving before it leaves, each time with the same hash', async () => {
    const { run, told } = trial([{ status: 503 }, lost, {}]);
    await run('keyed');
    expect(kinds(told)).toEqual(['stored', 'sent', 'wait', 'stored', 'sent', 'wait', 'stored', 'sent']);
    expect(new Set(told.filter((line) => line.startsWith('stored'))).size).toBe(1);
  });

  it('carries the same key on every send, in the form that the service takes', async () => {
    const { run, sent } = trial([lost, {}]);
    await run('keyed');
    expect(sent.map(({ headers }) => headers?.['idempotency-key'])).toEqual(['k'.repeat(36), 'k'.repeat(36)]);
    const other = trial([{}]);
    await other.run('uuid');
    expect(other.sent[0]?.headers?.['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it.each(['unsafe', 'found'])('that nothing protects (%s) is not sent again once its answer is lost', async (key) => {
    const { run, told } = trial([lost]);
    await expect(run(key)).rejects.toMatchObject({ code: 'egress_answer_lost', details: { sent: true } });
    expect(kinds(told)).toEqual(['stored', 'sent']);
  });

  it('that never left is sent again', async () => {
    const { run, told } = trial([unreachable, {}]);
    await run('unsafe');
    expect(kinds(told)).toEqual(['stored', 'sent', 'wait', 'stored', 'sent']);
  });

  it('is not said to be unsent when an earlier send may have been done', async () => {
    const { run } = trial([lost, unreachable]);
    await expect(run('upsert')).rejects.toMatchObject({ code: 'egress_unreachable', details: { sent: true } });
    const failing = trial([lost, { status: 503 }]);
    const failure: unknown = await failing.run('upsert').catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ details: { sent: true } });
    expect((failure as ConnectorError).details).not.toHaveProperty('status');
  });

  it('that can be looked up is, from the second try on, and what is found is its result', async () => {
    const first = trial([{}]);
    await first.run('found');
    expect(first.sent.map(({ method }) => method)).toEqual(['POST']);
    const again = trial([{ body: [{ id: 7 }] }]);
    expect(await again.run('found', { attempt: 2 })).toEqual([{ id: 7 }]);
    expect(again.sent.map(({ method }) => method)).toEqual(['GET']);
    const missing = trial([{ body: [] }, { body: { id: 8 } }]);
    expect(await missing.run('found', { attempt: 2 })).toEqual([{ id: 8 }]);
    expect(missing.sent.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  it('whose failure the service repeats says that it needs a new key', async () => {
    const { run } = trial([{ status: 402, body: { code: 'card_declined', message: 'Declined' } }]);
    await expect(run('keyed')).rejects.toMatchObject({ kind: 'permanent', details: { vendorCode: 'card_declined', newKey: true } });
  });

  it('that needs a new key is not sent again with the old one', async () => {
    const { run, sent } = trial([{ status: 503, body: { code: 'card_declined', message: 'Declined' } }, {}]);
    await expect(run('keyed')).rejects.toMatchObject({ kind: 'transient', details: { newKey: true } });
    expect(sent).toHaveLength(1);
  });
});
