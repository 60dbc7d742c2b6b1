import type { Mutation } from './mutation.ts';

/** What a graph means, broken in eight ways: `engine.md` §2. */
export const engineMutations: readonly Mutation[] = [
  {
    rule: 'engine §2.2',
    sentence: 'Parameters with expressions are evaluated per item unless the node type says once.',
    name: 'every item is given the parameters of the first',
    patches: [
      {
        file: 'packages/executor/src/nodes/compute.ts',
        find: '      parameters: parameters.at(Math.max(0, itemIndex)),',
        replace: '      parameters: parameters.at(0),',
      },
    ],
    caughtBy: 'model',
  },
  {
    rule: 'engine §2.3',
    sentence: 'An empty port delivers nothing and that branch ends quietly.',
    name: 'an empty port delivers its empty list',
    patches: [
      {
        file: 'packages/engine/src/advance/deliver.ts',
        find: 'if (ref === undefined || ref.count === 0) continue;',
        replace: 'if (ref === undefined) continue;',
      },
    ],
    caughtBy: 'model',
  },
  {
    rule: 'engine §2.4',
    sentence: 'Several wired input ports: arrivals wait until each port has one.',
    name: 'a merge runs with the first arrival',
    patches: [
      {
        file: 'packages/engine/src/advance/deliver.ts',
        find: 'return node.inputs.every(({ port }) => (ports[port]?.length ?? 0) > 0)',
        replace: 'return node.inputs.some(({ port }) => (ports[port]?.length ?? 0) > 0)',
      },
    ],
    caughtBy: 'model',
  },
  {
    rule: 'engine §2.4',
    sentence: 'Arrivals are released with what is there when nothing else can still arrive.',
    name: 'what waits in vain is never released',
    patches: [
      {
        file: 'packages/engine/src/advance/advance.ts',
        find: '  return releaseStarved(work, undefined) || work.now.scopes.some((one) => releaseStarved(work, one.id));',
        replace: '  return releaseStarved(work, undefined) && false;',
      },
      {
        file: 'packages/engine/src/advance/deliver.ts',
        find: '  for (let node = nextStarved(work, scope); node !== undefined; node = nextStarved(work, scope)) {',
        replace:
          '  for (let node = nextStarved(work, scope); node !== undefined && roundPort(node) !== undefined; node = nextStarved(work, scope)) {',
      },
    ],
    caughtBy: 'model',
  },
  {
    rule: 'engine §2.5',
    sentence: '`order: sequential` runs depth-first, targets ordered top to bottom, then left to right.',
    name: 'in sequential order targets run bottom to top',
    patches: [
      {
        file: 'packages/engine/src/advance/deliver.ts',
        find: 'skeleton.nodes.indexOf(a.node) - skeleton.nodes.indexOf(b.node)',
        replace: 'skeleton.nodes.indexOf(b.node) - skeleton.nodes.indexOf(a.node)',
      },
    ],
    caughtBy: 'model',
  },
  {
    rule: 'engine §2.7',
    sentence: 'Every output item knows the input items it came from.',
    name: 'an item that changed its place counts as the one that had it',
    patches: [
      {
        file: 'packages/executor/src/items/lineage.ts',
        find: 'return position === itemIndex ? item : { ...item, from: [itemIndex] };',
        replace: 'return item;',
      },
    ],
    caughtBy: 'model',
  },
  {
    rule: 'engine §2.8',
    sentence: '`stop` fails the run; `continue` emits items that say the error; `branch` adds an error port.',
    name: 'a node that goes on after a failure stops the run',
    patches: [
      {
        file: 'packages/engine/src/advance/advance.ts',
        find: "  const goesOn = node.onError !== 'stop';",
        replace: "  const goesOn = node.onError === 'branch';",
      },
    ],
    caughtBy: 'model',
  },
  {
    rule: 'engine §2.9',
    sentence: 'Disabled nodes pass their first input through.',
    name: 'a disabled node runs',
    patches: [
      {
        file: 'packages/engine/src/advance/advance.ts',
        find: '  if (node.disabled) passDisabled(work, ready);',
        replace: '  if (node.disabled && containerPlan(node) !== undefined) passDisabled(work, ready);',
      },
    ],
    caughtBy: 'model',
  },
];
