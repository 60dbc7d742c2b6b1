import type { NodeTest } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { compilePart, readParts, TEST_START, withTests, type Part } from './part.ts';
import { documentOf, testCatalog } from './testing.ts';

const none: ReadonlySet<string> = new Set();
const part = (running: readonly string[], more: Partial<Part> = {}): Part => ({
  running: new Set(running),
  passed: none,
  opened: none,
  triggerId: null,
  ...more,
});
const typed = (type: string, parameters: object) => ({ type, parameters: parameters as never });

describe('a part of a draft', () => {
  it('must be sound where it runs, and nowhere else', () => {
    const draft = documentOf({ t: 'core.manual', a: 'test.any', bad: typed('http.request', { url: '' }), c: 'test.any' }, [
      't>a',
      'a>bad',
      'bad>c',
    ]);
    expect(compilePart(draft, testCatalog, part(['t', 'a'], { triggerId: 't' })).problems).toEqual([]);
    const stopped = compilePart(draft, testCatalog, part(['a', 'bad'], { opened: new Set(['t']) }));
    expect(stopped.plan).toBeNull();
    expect(stopped.problems).toMatchObject([{ nodeId: 'bad', field: 'parameters.url', level: 'error' }]);
    expect(compilePart(draft, testCatalog, part(['c'], { opened: new Set(['bad']) })).plan?.skeleton.nodes.map(({ id }) => id)).toEqual([
      TEST_START,
      'bad',
      'c',
    ]);
  });

  it('needs no trigger, and no answer for its webhook', () => {
    const loose = documentOf({ a: 'test.any', b: 'test.any' }, ['a>b']);
    expect(compilePart(loose, testCatalog, part(['b'], { opened: new Set(['a']) })).problems).toEqual([]);
    const hook = documentOf({ t: typed('core.webhook', { answer: 'respond' }), a: 'test.any' }, ['t>a']);
    expect(compilePart(hook, testCatalog, part(['t', 'a'], { triggerId: 't' })).problems).toEqual([]);
  });

  it('begins at what is there: those nodes touch nothing any more, whatever they were', () => {
    const draft = documentOf(
      {
        t: 'core.manual',
        w: typed('http.request', { method: 'POST', url: 'https://a.test' }),
        i: typed('core.if', { conditions: [] }),
        c: typed('test.any', { x: "{{ $('t').first().json.n }}" }),
      },
      ['t>w', 'w>i', 'i.true>c'],
    );
    const { plan } = compilePart(draft, testCatalog, part(['c'], { opened: new Set(['w', 'i']) }));
    const nodes = Object.fromEntries((plan?.skeleton.nodes ?? []).map((node) => [node.id, node]));
    expect(nodes[TEST_START]?.outputs).toEqual({
      main: [
        { to: 'w', input: 'main' },
        { to: 'i', input: 'main' },
      ],
    });
    for (const id of ['w', 'i'])
      expect(nodes[id]).toMatchObject({ effect: 'pure', control: null, retry: null, inputs: [{ port: 'main' }] });
    // The line between the two is cut: each gives once.
    expect(nodes['w']?.outputs['main']).toEqual([]);
    expect(nodes['i']?.outputs['true']).toEqual([{ to: 'c', input: 'main' }]);
    // What an expression reads is known by name, though it is no node of the plan.
    expect(nodes['c']?.refs).toEqual(['t']);
    expect([nodes['t'], plan?.configs['t']?.name]).toEqual([undefined, 't']);
  });

  it('has another hash when it is dry, or gives something else; no failure handler answers for it', () => {
    const draft = documentOf({ t: 'core.manual', a: 'test.any' }, ['t>a'], { onFailure: 'wf_handler' });
    const { plan } = compilePart(draft, testCatalog, part(['t', 'a'], { triggerId: 't' }));
    if (plan === null) throw new Error('it is sound');
    expect(plan.settings.onFailure).toBeNull();
    const pin = (n: number): Record<string, NodeTest> => ({
      a: { how: 'pinned', outputs: { main: { id: 'a:0:main', count: 1, sizeBytes: 0, inline: [{ json: n }] } } },
    });
    const plans = [withTests(plan, {}, false), withTests(plan, {}, true), withTests(plan, pin(1), false), withTests(plan, pin(2), false)];
    expect(new Set(plans.map(({ skeleton }) => skeleton.planHash)).size).toBe(4);
    expect(plans.map(({ skeleton }) => skeleton.dryRun)).toEqual([undefined, true, undefined, undefined]);
  });

  it('is read from drafts that could not be published', () => {
    const view = readParts(
      documentOf({ a: 'nobody.knows', b: 'test.any', m: 'core.map', in: { type: 'test.any', parent: 'm' } }, [
        'a>b',
        'b>m',
        'm.each>in',
        'in>m.collect',
      ]),
      testCatalog,
    );
    expect([...view.nodes.keys()]).toEqual(['b', 'm', 'in']);
    expect(view.nodes.get('in')?.around).toEqual(['m']);
    expect(view.edges.map(({ from, to }) => `${from}>${to}`)).toEqual(['b>m', 'm>in', 'in>m']);
  });
});
