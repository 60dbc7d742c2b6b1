import type { NodeSketch } from '../../documents.ts';
import type { MicroRule } from '../micro.ts';
import { numbers, pass, src, t } from '../sketches.ts';

const briefly = (id: string): NodeSketch => [id, 'core.wait', { amount: 0.3, unit: 'seconds' }];
const start = { rows: numbers(1, 2) };

/** §9.14: a wait hands its items on when the time has come. n8n sleeps in the process below 65 s; ours never does. */
export const waitRules: MicroRule = {
  rule: '14 · wait',
  micros: [
    {
      name: 'hands its items on unchanged, all of them at once',
      nodes: [t, src, briefly('w'), ...pass('z')],
      edges: ['t -> src', 'src -> w', 'w -> z'],
      start,
      expected: { ran: ['t', 'src', 'w', 'z'], gave: { z: numbers(1, 2) } },
    },
    {
      name: 'a date in the past does not wait',
      nodes: [t, src, ['w', 'core.wait', { mode: 'until', until: '2001-01-01T00:00:00Z' }], ...pass('z')],
      edges: ['t -> src', 'src -> w', 'w -> z'],
      start,
      expected: { ran: ['t', 'src', 'w', 'z'], gave: { z: numbers(1, 2) } },
    },
    {
      name: 'in sequential order nothing else begins meanwhile',
      order: 'sequential',
      nodes: [t, briefly('w'), ...pass('w2', 'd')],
      edges: ['t -> w', 't -> d', 'w -> w2'],
      at: { t: [0, 0], w: [100, 0], w2: [200, 0], d: [100, 100] },
      expected: { ran: ['t', 'w', 'w2', 'd'] },
    },
    {
      name: 'side by side, a join waits for the branch that waits',
      nodes: [t, briefly('w'), ...pass('a'), ['m', 'core.merge']],
      edges: ['t -> w', 't -> a', 'w -> m:in1', 'a -> m:in2'],
      start: { n: 1 },
      expected: { ran: ['t', 'w', 'a', 'm'], gave: { m: numbers(1, 1) } },
    },
    {
      name: 'one wait after the other',
      nodes: [t, briefly('v'), briefly('w'), ...pass('z')],
      edges: ['t -> v', 'v -> w', 'w -> z'],
      start: { n: 1 },
      expected: { ran: ['t', 'v', 'w', 'z'], gave: { z: numbers(1) } },
    },
    {
      name: 'a date that cannot be read is an error',
      nodes: [t, ['w', 'core.wait', { mode: 'until', until: '{{ $json.at }}' }], ...pass('z')],
      edges: ['t -> w', 'w -> z'],
      start: { at: 'soon' },
      expected: { ran: ['t', 'w=failed'], error: { code: 'parameter_invalid', nodeId: 'w', field: 'until' } },
    },
  ],
};
