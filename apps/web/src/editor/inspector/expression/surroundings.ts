import { inferShape, type Shape, type Surroundings } from '@millwright/expressions/browser';
import type { Item } from '@millwright/workflow';
import { incoming, outputItems, type SampleItems, upstreamNodes } from '../samples.ts';
import type { PreviewAim } from './preview-scope.ts';

/** Lists do not change: the shape of each is inferred once. */
const shapes = new WeakMap<readonly Item[], Shape>();

/** Examples of a type say little about what will come, so only what a run gave is known. */
function shapeOf({ items, source }: SampleItems): Shape | undefined {
  if (source !== 'run' || items.length === 0) return undefined;
  const known = shapes.get(items) ?? inferShape(items.map((item) => item.json));
  shapes.set(items, known);
  return known;
}

/** What is known where an expression stands: fields from the latest runs, steps before, variables. */
export function surroundingsOf(aim: PreviewAim): Surroundings {
  const upstream = upstreamNodes(aim.document, aim.nodeId);
  return {
    input: shapeOf(incoming(aim, aim.nodeId)),
    node: (idOrName) => {
      const node = upstream.find((one) => one.id === idOrName) ?? upstream.find((one) => one.name === idOrName);
      return node && shapeOf(outputItems(aim, { nodeId: node.id }));
    },
    nodes: upstream.map(({ id, name }) => ({ id, name })),
    ...(aim.known === undefined ? {} : { vars: Object.keys(aim.known.vars), env: aim.known.env }),
  };
}
