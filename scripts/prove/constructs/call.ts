import { effect, END, HOOK, OF_CALL, OF_DELIVERY, paths, type Construct } from './construct.ts';

const ITEMS = 3;

/** A call of a workflow per item, waited for, and a write with what it gave: held in a called run, or in the caller after them. */
export const call: Construct = {
  name: 'call',
  items: ITEMS,
  calls: ITEMS,
  called: (base) => ({
    nodes: [
      ['called', 'core.calledTrigger'],
      effect('inner', `${base}/${OF_CALL}/inner/{{ $json.n }}`),
      [
        'give',
        'core.editFields',
        {
          assignments: [
            { name: 'n', value: "{{ $('called').item.json.n }}" },
            { name: 'key', value: '{{ $json.body.key }}' },
          ],
          keepOther: false,
        },
      ],
    ],
    edges: ['called -> inner', 'inner -> give'],
  }),
  sketch: (base, called) => ({
    nodes: [
      ...HOOK,
      ['call', 'core.callWorkflow', { workflow: called, input: { n: '{{ $json.n }}', run: OF_DELIVERY } }],
      effect('after', `${base}/${OF_DELIVERY}/after/{{ $json.n }}/{{ $json.key }}`),
      END,
    ],
    edges: ['hook -> split', 'split -> call', 'call -> after', 'after -> end'],
  }),
  rules: (index) => [{ path: index % 2 === 0 ? '/inner/1' : '/after/1', isHeld: true }],
  effects: (keyAt) => [...paths(ITEMS, (n) => `/inner/${n}`), ...paths(ITEMS, (n) => `/after/${n}/${keyAt(`/inner/${n}`)}`)],
  isInOrder: false,
  results: ITEMS,
  requests: 2 * ITEMS,
  end: { status: 'succeeded', code: null },
};
