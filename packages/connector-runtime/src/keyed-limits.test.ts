import { idempotent, per, window } from '@millwright/node-sdk';
import { describe, expect, it } from 'vitest';
import { keyedLimits, type KeyedFor } from './execute-action.ts';

const one = window(1, '1s', per('app'));

function namesOf(action: KeyedFor['action'], limits: KeyedFor['connector']['limits']): readonly string[] {
  return keyedLimits({ connector: { key: 'demo', limits }, action }, null, {}).map(({ key }) => key.split('/')[1] ?? '');
}

describe('limits of an action', () => {
  const limits = { default: one, reads: one, writes: one, search: one };

  it('without one of its own it keeps those of reads or of writes, beside the one of all', () => {
    expect(namesOf({ effect: 'read' }, limits)).toEqual(['default', 'reads']);
    expect(namesOf({ effect: idempotent.unsafe() }, limits)).toEqual(['default', 'writes']);
    expect(namesOf({ effect: 'read' }, { default: one })).toEqual(['default']);
  });

  it('one that it names takes the place of these; what is no action keeps the one of all', () => {
    expect(namesOf({ effect: 'read', limit: 'search' }, limits)).toEqual(['default', 'search']);
    expect(namesOf({}, limits)).toEqual(['default']);
  });
});
