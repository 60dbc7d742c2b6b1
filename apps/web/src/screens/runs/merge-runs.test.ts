import type { RunSummary } from '@millwright/contracts';
import { describe, expect, it } from 'vitest';
import { mergeRuns, type RunPageData } from './merge-runs.ts';

function run(id: string, startedAt: string, more: Partial<RunSummary> = {}): RunSummary {
  return {
    id,
    workflowId: 'wf_1',
    workflowName: 'Lead intake',
    versionId: 'wfv_1',
    versionNumber: 1,
    status: 'running',
    reason: null,
    waitsFor: null,
    mode: 'webhook',
    startedAt,
    finishedAt: null,
    durationMs: null,
    error: null,
    ...more,
  };
}

function pages(...items: readonly RunSummary[][]): { pages: RunPageData[]; pageParams: string[] } {
  return {
    pages: items.map((page, index) => ({ items: page, nextCursor: index < items.length - 1 ? 'more' : null })),
    pageParams: items.map(() => ''),
  };
}

const ids = (data: { readonly pages: readonly RunPageData[] }) => data.pages.map((page) => page.items.map((item) => item.id));

describe('mergeRuns', () => {
  it('replaces a known run where it stands, on any page', () => {
    const data = pages([run('c', '3')], [run('b', '2'), run('a', '1')]);
    const merged = mergeRuns(data, [run('b', '2', { status: 'succeeded' })], {});
    expect(ids(merged)).toEqual([['c'], ['b', 'a']]);
    expect(merged.pages[1]?.items[0]?.status).toBe('succeeded');
  });
  it('puts new runs on top, the newest first', () => {
    expect(ids(mergeRuns(pages([run('a', '1')]), [run('b', '2'), run('c', '3')], {}))).toEqual([['c', 'b', 'a']]);
  });
  it('takes the last of several changes to one run', () => {
    const merged = mergeRuns(pages([]), [run('a', '1'), run('a', '1', { status: 'failed' })], {});
    expect(merged.pages[0]?.items.map((item) => item.status)).toEqual(['failed']);
  });
  it('lets a run leave that no longer fits the filter, and none in that does not', () => {
    const data = pages([run('a', '1')]);
    expect(ids(mergeRuns(data, [run('a', '1', { status: 'failed' })], { status: 'running' }))).toEqual([[]]);
    expect(ids(mergeRuns(data, [run('b', '2', { workflowId: 'wf_2' })], { workflow: 'wf_1' }))).toEqual([['a']]);
  });
  it('does not pull an old run from a page that was not read yet to the top', () => {
    const data = { pages: [{ items: [run('c', '3')], nextCursor: 'more' }], pageParams: [''] };
    expect(ids(mergeRuns(data, [run('a', '1', { status: 'failed' })], {}))).toEqual([['c']]);
  });
});
