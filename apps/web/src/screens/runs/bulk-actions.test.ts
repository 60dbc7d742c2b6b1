import type { RunSummary } from '@millwright/contracts';
import { describe, expect, it } from 'vitest';
import { fitting } from './bulk-actions.ts';

function run(id: string, parts: Partial<RunSummary>): RunSummary {
  return {
    id,
    workflowId: 'wf_1',
    workflowName: 'Lead intake',
    versionId: 'wfv_1',
    versionNumber: 1,
    status: 'succeeded',
    reason: null,
    waitsFor: null,
    mode: 'manual',
    startedAt: '2026-11-21T08:00:00.000Z',
    finishedAt: null,
    durationMs: null,
    error: null,
    ...parts,
  };
}

describe('an action on many runs', () => {
  const runs = [
    run('open', { status: 'waiting' }),
    run('stopping', { status: 'running', cancelRequested: true }),
    run('good', { status: 'succeeded' }),
    run('bad', { status: 'failed' }),
    run('resumed', { status: 'failed', resumedByRunId: 'run_9' }),
  ];
  const ids = (action: Parameters<typeof fitting>[0]): readonly string[] => fitting(action, runs).map(({ id }) => id);

  it('leaves out the runs that it makes no sense for', () => {
    expect(ids('cancel')).toEqual(['open']);
    expect(ids('rerun')).toEqual(['good', 'bad', 'resumed']);
    expect(ids('resume')).toEqual(['bad']);
  });
  it('takes no more runs than one request may have', () => {
    expect(
      fitting(
        'rerun',
        Array.from({ length: 1200 }, (_, index) => run(`run_${index}`, {})),
      ),
    ).toHaveLength(1000);
  });
});
