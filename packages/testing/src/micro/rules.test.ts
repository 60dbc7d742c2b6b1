import { describe, expect, it } from 'vitest';
import { graphRules } from './graph/graph-rules.ts';
import { found, wanted } from './compare.ts';
import type { Micro } from './micro.ts';
import { nodeRules } from './nodes/node-rules.ts';

const rules = [...graphRules, ...nodeRules];
const micros = rules.flatMap((one) => one.micros);

const micro: Micro = {
  name: 'one',
  nodes: [],
  edges: [],
  order: 'sequential',
  expected: {
    ran: ['t', 'a'],
    gave: { a: [1] },
    error: { code: 'no', nodeId: 'a' },
    attempts: { a: 2 },
    reply: { status: 200, body: { n: 1 } },
  },
};
const outcome = {
  ran: ['t', 'a'],
  gave: { a: [1] },
  error: { code: 'no', nodeId: 'a', message: 'as it may be' },
  reasons: { t: null, a: 'error' },
  attempts: { t: 1, a: 2 },
  reply: { status: 200, body: { n: 1, runId: 'run_1' } },
  requests: {},
};

describe('what a run came to', () => {
  it('is compared in what was expected, and in nothing else', () => {
    expect(found(micro, outcome)).toEqual(wanted(micro));
  });

  it.each([
    { ran: ['a', 't'] },
    { ran: ['t', 'a', 'b'] },
    { gave: { a: [2] } },
    { error: null },
    { error: { code: 'other', nodeId: 'a' } },
    { attempts: { a: 3 } },
    { reply: { status: 201, body: { n: 1 } } },
    { reply: { status: 200, body: {} } },
    { requests: { path: 1 } },
  ])('is another where it differs in %j', (difference) => {
    expect(found(micro, { ...outcome, ...difference })).not.toEqual(wanted(micro));
  });

  it('is another where it was refused, or was not', () => {
    expect(found(micro, { refused: ['cycle_endless'] })).not.toEqual(wanted(micro));
    const refused = { ...micro, expected: { refused: ['cycle_endless'] } };
    expect(found(refused, outcome)).not.toEqual(wanted(refused));
    expect(found(refused, { refused: ['cycle_endless'] })).toEqual(wanted(refused));
  });
});

describe('the micro-workflows', () => {
  it('show every rule of the reference', () => {
    const shown = new Set(rules.map(({ rule }) => Number.parseInt(rule, 10)).filter(Number.isFinite));
    expect([...shown].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 17 }, (_, index) => index + 1));
  });

  it('are many, each with a name and a vendor of its own', () => {
    expect(micros.length).toBeGreaterThanOrEqual(60);
    expect(new Set(micros.map(({ name }) => name)).size).toBe(micros.length);
    const paths = micros.flatMap(({ vendor = [] }) => vendor.map(({ path }) => path));
    expect(new Set(paths).size).toBe(paths.length);
  });
});
