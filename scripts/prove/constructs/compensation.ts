import { effect, OF_DELIVERY, type Construct } from './construct.ts';

/** Two sections that are done and have to be undone, the last first: held in the second, or while either is undone. */
export const compensation: Construct = {
  name: 'compensation',
  items: 1,
  calls: 0,
  sketch: (base) => ({
    nodes: [
      ['hook', 'core.webhook', { answer: 'now' }],
      ['a', 'core.compensate'],
      effect('doA', `${base}/${OF_DELIVERY}/do-a`, { parent: 'a' }),
      effect('undoA', `${base}/${OF_DELIVERY}/undo-a/{{ $json.body.key }}`, { parent: 'a' }),
      ['b', 'core.compensate'],
      effect('doB', `${base}/${OF_DELIVERY}/do-b`, { parent: 'b' }),
      effect('undoB', `${base}/${OF_DELIVERY}/undo-b/{{ $json.body.key }}`, { parent: 'b' }),
      ['fail', 'core.stop', { message: 'No more.', code: 'no_more' }],
    ],
    edges: [
      'hook -> a',
      'a:do -> doA',
      'doA -> a:result',
      'a:undo -> undoA',
      'a -> b',
      'b:do -> doB',
      'doB -> b:result',
      'b:undo -> undoB',
      'b -> fail',
    ],
  }),
  rules: (index) => [{ path: ['/undo-b', '/undo-a', '/do-b'][index % 3] ?? '', isHeld: true }],
  effects: (keyAt) => ['/do-a', '/do-b', `/undo-b/${keyAt('/do-b')}`, `/undo-a/${keyAt('/do-a')}`],
  isInOrder: true,
  results: 0,
  requests: 4,
  end: { status: 'failed', code: 'no_more' },
};
