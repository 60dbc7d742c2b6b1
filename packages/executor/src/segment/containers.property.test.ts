import { ConnectorError } from '@millwright/core';
import type { Plan } from '@millwright/workflow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hash36 } from '../nodes/chance.ts';
import type { NodeCall } from '../ports.ts';
import { planOf, World } from './world.ts';

type Nodes = Parameters<typeof planOf>[0];
type Kind = 'map' | 'try' | 'compensate';

/** Writes, and sections that hold writes and sections. */
type Shape = { readonly kind: 'write' } | { readonly kind: Kind; readonly flags: number; readonly parts: readonly (readonly Shape[])[] };

const { shape: shapes } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 2 },
    fc.constant<Shape>({ kind: 'write' }),
    fc.record({
      kind: fc.constantFrom<Kind>('map', 'try', 'compensate'),
      flags: fc.nat({ max: 15 }),
      parts: fc.array(fc.array(tie('shape'), { minLength: 1, maxLength: 2 }), { minLength: 3, maxLength: 3 }),
    }),
  ),
}));

const PORTS = { map: ['each'], try: ['try', 'catch', 'finally'], compensate: ['do', 'undo'] } as const;

function drawn(list: readonly Shape[]): Plan {
  const nodes: Record<string, Nodes[string]> = {};
  const edges: string[] = [];
  let count = 0;
  const chain = (from: string, some: readonly Shape[], parent: string | undefined): string =>
    some.reduce((last, shape) => {
      const id = `n${(count += 1)}`;
      const held = parent === undefined ? {} : { parent };
      edges.push(`${last}>${id}`);
      if (shape.kind === 'write') {
        nodes[id] = { type: 'test.write', parameters: { given: '{{ $json }}' }, ...held };
        return id;
      }
      const parameters = shape.kind === 'map' ? { window: 2, onItemError: (shape.flags & 8) === 0 ? 'stop' : 'collect' } : {};
      const onError = (shape.flags & 4) === 0 ? ('stop' as const) : ('continue' as const);
      nodes[id] = { type: `core.${shape.kind}`, parameters, settings: { onError }, ...held };
      PORTS[shape.kind].forEach((port, index) => {
        if (index > 0 && (shape.flags & index) === 0) return;
        edges.push(`${chain(`${id}.${port}`, shape.parts[index] ?? [], id)}>${id}.${shape.kind === 'map' ? 'collect' : 'result'}`);
      });
      return id;
    }, from);
  chain('t', list, undefined);
  return planOf(nodes, edges);
}

/** The ledger has this call's key as done. */
function isStoredDone({ row, header }: World, { node, itemIndex, idempotencyKey }: NodeCall): boolean {
  return [...row.attempts.values()].some(
    (one) =>
      one.nodeId === node.id &&
      one.itemIndex === itemIndex &&
      one.status === 'done' &&
      hash36(`${header.runId}:${node.id}:${one.runIndex}:${itemIndex}`, 0) === idempotencyKey,
  );
}

describe('sections in sections, with writes that fail, in a process that dies at any commit', () => {
  it('end the same way for the vendor: one request per key, none after it is stored as done', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(shapes, { minLength: 1, maxLength: 2 }),
        fc.record({ atCommit: fc.integer({ min: 1, max: 12 }), isStored: fc.boolean() }),
        fc.integer({ min: 2, max: 9 }),
        async (list, crash, badEvery) => {
          const world = new World(drawn(list));
          const wrong: string[] = [];
          world.usual = async (call) => {
            const { node, parameters, itemIndex, idempotencyKey } = call;
            // The same write fails however often it is tried.
            const place = idempotencyKey ?? '';
            const isBad = Number.parseInt(place.slice(0, 8), 16) % badEvery === 0;
            await call.beforeSend(JSON.stringify(parameters));
            if (isStoredDone(world, call)) wrong.push(place);
            world.sent.push({ nodeId: node.id, itemIndex, key: idempotencyKey, parameters });
            if (isBad) throw new ConnectorError('permanent', { code: 'refused', message: 'refused', details: { status: 422 } });
            return { items: [{ json: { by: node.id, of: itemIndex } }] };
          };
          const result = await world.drive([{ n: 1 }, { n: 2 }, { n: 3 }], crash);
          expect(result.kind).toBe('ended');
          expect(world.row.end?.error?.code ?? 'refused').toBe('refused');
          for (const sends of Map.groupBy(world.sent, (one) => one.key ?? '').values())
            expect(new Set(sends.map((one) => JSON.stringify(one.parameters))).size).toBe(1);
          expect(wrong).toEqual([]);
          for (const one of world.row.nodeRuns.values()) expect(['succeeded', 'failed', 'canceled', 'skipped']).toContain(one.status);
        },
      ),
      { numRuns: 60 },
    );
  });
});
