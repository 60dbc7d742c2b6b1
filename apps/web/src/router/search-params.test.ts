import { describe, expect, it } from 'vitest';
import { parseRunFilter, parseSignInSearch, parseWorkflowSearch } from './search-params.ts';

describe('addresses', () => {
  it('of the run list keep what is understood and drop the rest', () => {
    expect(parseRunFilter({ status: 'failed', workflow: 'wf_1', page: 3 })).toEqual({ status: 'failed', workflow: 'wf_1' });
    expect(parseRunFilter({ status: 'exploded', workflow: '' })).toEqual({});
  });
  it('of the workflow list take a search that looks like a number', () => {
    expect(parseWorkflowSearch({ query: 2026 })).toEqual({ query: '2026' });
    expect(parseWorkflowSearch({ query: '' })).toEqual({});
  });
  it('of the sign-in page know only two reasons', () => {
    expect(parseSignInSearch({ next: '/runs', reason: 'expired' })).toEqual({ next: '/runs', reason: 'expired' });
    expect(parseSignInSearch({ reason: 'because' })).toEqual({});
  });
});
