import { effect, END, HOOK, OF_DELIVERY, paths, type Construct } from './construct.ts';

const ITEMS = 10;

/** A map with a write per item, three at once: held in two of them, while others come back out of order. */
export const map: Construct = {
  name: 'map',
  items: ITEMS,
  calls: 0,
  sketch: (base) => ({
    nodes: [...HOOK, ['map', 'core.map', { window: 3 }], effect('one', `${base}/${OF_DELIVERY}/one/{{ $json.n }}`, { parent: 'map' }), END],
    edges: ['hook -> split', 'split -> map', 'map:each -> one', 'one -> map:collect', 'map -> end'],
  }),
  rules: (index) => [1, index % 2 === 0 ? 4 : ITEMS - 1].map((n) => ({ path: `/one/${n}`, isHeld: true })),
  effects: () => paths(ITEMS, (n) => `/one/${n}`),
  isInOrder: false,
  results: ITEMS,
  requests: ITEMS,
  end: { status: 'succeeded', code: null },
};
