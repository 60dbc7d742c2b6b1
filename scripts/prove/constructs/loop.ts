import { effect, END, HOOK, OF_DELIVERY, paths, type Construct } from './construct.ts';

const ITEMS = 5;

/** A loop over items with a write per round: held in the middle, or in the last round. */
export const loop: Construct = {
  name: 'loop',
  items: ITEMS,
  calls: 0,
  sketch: (base) => ({
    nodes: [...HOOK, ['loop', 'core.loop'], effect('round', `${base}/${OF_DELIVERY}/round/{{ $json.n }}`), END],
    edges: ['hook -> split', 'split -> loop', 'loop:loop -> round', 'round -> loop:back', 'loop:done -> end'],
  }),
  rules: (index) => [{ path: `/round/${index % 2 === 0 ? 2 : ITEMS - 1}`, isHeld: true }],
  effects: () => paths(ITEMS, (n) => `/round/${n}`),
  isInOrder: true,
  results: ITEMS,
  requests: ITEMS,
  end: { status: 'succeeded', code: null },
};
