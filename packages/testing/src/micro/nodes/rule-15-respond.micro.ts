import type { JsonObject } from '@millwright/core';
import type { NodeSketch } from '../../documents.ts';
import type { MicroRule } from '../micro.ts';
import { only, pass, t } from '../sketches.ts';

const hook = (answer: string): NodeSketch => ['h', 'core.webhook', { answer }];
const respond = (id: string, parameters: JsonObject = {}): NodeSketch => [id, 'core.respond', parameters];
const post = { n: 1 };
const body: NodeSketch = only('a', { n: '{{ $json.body.n }}' });

/** §9.15: who answers the caller of a webhook; the run goes on in any case. */
export const responses: MicroRule = {
  rule: '15 · respond',
  micros: [
    {
      name: 'the first one that is reached answers; the run goes on, past others too',
      nodes: [hook('respond'), body, respond('r', { status: 201 }), respond('r2', { status: 202 }), ...pass('z')],
      edges: ['h -> a', 'a -> r', 'r -> r2', 'r2 -> z'],
      post,
      expected: { ran: ['h', 'a', 'r', 'r2', 'z'], gave: { z: [{ n: 1 }] }, reply: { status: 201, body: { n: 1 } } },
    },
    {
      name: 'of two branches, the one that gets there first',
      order: 'sequential',
      nodes: [hook('respond'), ...pass('a'), respond('r', { body: { by: 'upper' } }), respond('s', { body: { by: 'lower' } })],
      edges: ['h -> s', 'h -> a', 'a -> r'],
      at: { h: [0, 0], a: [100, 0], r: [200, 0], s: [100, 100] },
      post,
      expected: { ran: ['h', 'a', 'r', 's'], reply: { status: 200, body: { by: 'upper' } } },
    },
    {
      name: 'of several items the first is the answer',
      nodes: [hook('respond'), ['src', 'core.splitOut', { field: 'body.rows' }], respond('r'), ...pass('z')],
      edges: ['h -> src', 'src -> r', 'r -> z'],
      post: { rows: [{ n: 1 }, { n: 2 }] },
      expected: { ran: ['h', 'src', 'r', 'z'], gave: { z: [{ n: 1 }, { n: 2 }] }, reply: { status: 200, body: { n: 1 } } },
    },
    {
      name: 'a text',
      nodes: [hook('respond'), respond('r', { status: 418, bodyType: 'text', body: 'no {{ $json.body.n }}' })],
      edges: ['h -> r'],
      post,
      expected: { ran: ['h', 'r'], reply: { status: 418 } },
    },
    {
      name: 'at once: accepted, before anything has run',
      nodes: [hook('now'), body],
      edges: ['h -> a'],
      post,
      expected: { ran: ['h', 'a'], reply: { status: 202 } },
    },
    {
      // n8n answers with the first item of the last step; ours with all of them.
      name: 'at the end: what the last step gave',
      nodes: [hook('end'), ['src', 'core.splitOut', { field: 'body.rows' }]],
      edges: ['h -> src'],
      post: { rows: [{ n: 1 }, { n: 2 }] },
      expected: { ran: ['h', 'src'], reply: { status: 200, body: { status: 'succeeded', items: [{ n: 1 }, { n: 2 }] } } },
    },
    {
      name: 'a failure after the answer changes nothing about the answer',
      nodes: [hook('respond'), respond('r'), ['s', 'core.stop', { code: 'too_late' }]],
      edges: ['h -> r', 'r -> s'],
      post,
      expected: { ran: ['h', 'r', 's=failed'], error: { code: 'too_late', nodeId: 's' }, reply: { status: 200 } },
    },
    {
      name: 'a run that ends without reaching one says so',
      nodes: [hook('respond'), ['f', 'core.filter', { conditions: [{ left: 1, operator: 'equals', right: 2 }] }], respond('r')],
      edges: ['h -> f', 'f -> r'],
      post,
      expected: { ran: ['h', 'f'], reply: { status: 500 } },
    },
    {
      name: 'without a caller it hands its items on',
      nodes: [t, respond('r'), ...pass('z')],
      edges: ['t -> r', 'r -> z'],
      start: { n: 1 },
      expected: { ran: ['t', 'r', 'z'], gave: { z: [{ n: 1 }] } },
    },
  ],
};
