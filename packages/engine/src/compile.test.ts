import type { Problem } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { checkDocument, compile } from './compile.ts';
import { documentOf, testCatalog } from './compile/testing.ts';

type Nodes = Parameters<typeof documentOf>[0];

function problems(nodes: Nodes, edges: readonly string[] = []): readonly Problem[] {
  return checkDocument(documentOf(nodes, edges), testCatalog);
}

function codes(nodes: Nodes, edges: readonly string[] = []): string[] {
  return problems(nodes, edges).map((problem) =>
    [problem.code, problem.nodeId, problem.field].filter((part) => part !== undefined).join(' '),
  );
}

describe('publishing refuses, naming node and field', () => {
  it.each<[string, Nodes, readonly string[], string]>([
    ['a workflow without a trigger', { a: 'test.any' }, [], 'trigger_missing'],
    ['a type that is not installed', { t: 'core.manual', a: 'nobody.knows' }, ['t>a'], 'node_type_unknown a type'],
    [
      'a version that is not installed',
      { t: 'core.manual', a: { type: 'core.if', version: 9 } },
      ['t>a'],
      'node_version_unknown a version',
    ],
    ['an edge to a node that does not exist', { t: 'core.manual' }, ['t>gone'], 'edge_dangling t edges'],
    ['an output port that does not exist', { t: 'core.manual', a: 'test.any' }, ['t.side>a'], 'port_unknown t outputs.side'],
    ['an input port that does not exist', { t: 'core.manual', a: 'test.any' }, ['t>a.side'], 'port_unknown a inputs.side'],
    ['a trigger with an input', { t: 'core.manual', a: 'test.any' }, ['t>a', 'a>t'], 'trigger_with_input t inputs'],
    ['a required parameter that is missing', { t: 'core.manual', a: 'http.request' }, ['t>a'], 'parameter_required a parameters.url'],
    [
      'a required text that is empty',
      { t: 'core.manual', a: { type: 'http.request', parameters: { url: '' } } },
      ['t>a'],
      'parameter_required a parameters.url',
    ],
    [
      'a parameter of the wrong type',
      { t: 'core.manual', a: { type: 'http.request', parameters: { url: 7 } } },
      ['t>a'],
      'parameter_type a parameters.url',
    ],
    [
      'a number out of bounds',
      { t: 'core.manual', a: { type: 'http.request', parameters: { url: 'x', tries: 9 } } },
      ['t>a'],
      'parameter_value a parameters.tries',
    ],
    [
      'a fault deep inside a list',
      {
        t: 'core.manual',
        a: {
          type: 'http.request',
          parameters: {
            url: 'x',
            headers: [
              { name: 'a', value: 'b' },
              { name: 'c', value: 1 },
            ],
          },
        },
      },
      ['t>a'],
      'parameter_type a parameters.headers[1].value',
    ],
    [
      'a parameter that the type does not have',
      { t: 'core.manual', a: { type: 'http.request', parameters: { url: 'x', extra: 1 } } },
      ['t>a'],
      'parameter_unknown a parameters.extra',
    ],
    [
      'an expression where a fixed value is needed',
      { t: 'core.manual', a: { type: 'http.request', parameters: { url: 'x', method: '{{ $json.m }}' } } },
      ['t>a'],
      'expression_not_allowed a parameters.method',
    ],
    [
      'an expression that cannot be read',
      { t: 'core.manual', a: { parameters: { list: [{ text: 'Hi {{ $json. }}' }] } } },
      ['t>a'],
      'expression_syntax a parameters.list[0].text',
    ],
    [
      'an expression about a node that does not exist',
      { t: 'core.manual', a: { parameters: { x: "{{ $('gone').item.json.y }}" } } },
      ['t>a'],
      'expression_unknown_node a parameters.x',
    ],
    ['a cycle that nothing can end', { t: 'core.manual', a: 'test.any', b: 'test.any' }, ['t>a', 'a>b', 'b>a'], 'cycle_endless a outputs'],
    ['a node that leads to itself', { t: 'core.manual', a: 'test.any' }, ['t>a', 'a>a'], 'cycle_endless a outputs'],
    [
      'a cycle through an if whose outputs both stay',
      { t: 'core.manual', i: { type: 'core.if', parameters: { conditions: [{}] } }, a: 'test.any' },
      ['t>i', 'i.true>a', 'i.false>a', 'a>i'],
      'cycle_endless i outputs',
    ],
    [
      'a webhook that waits for a respond node which is not there',
      { t: { type: 'core.webhook', parameters: { answer: 'respond' } }, a: 'test.any' },
      ['t>a'],
      'respond_missing t parameters.answer',
    ],
    ['a required input that nothing leads to', { t: 'core.manual', m: 'test.merge' }, ['t>m.left'], 'input_missing m inputs.right'],
  ])('%s', (_name, nodes, edges, expected) => {
    const found = problems(nodes, edges).filter((problem) => problem.level === 'error');
    expect(codes(nodes, edges)).toContain(expected);
    expect(compile(documentOf(nodes, edges), testCatalog).plan).toBeNull();
    for (const problem of found) expect(problem.hint ?? '').not.toBe('');
  });

  it('two nodes with one id', () => {
    const document = documentOf({ t: 'core.manual', a: 'test.any' }, ['t>a']);
    const [, a] = document.nodes;
    const twice = { ...document, nodes: [...document.nodes, ...(a === undefined ? [] : [a])] };
    expect(checkDocument(twice, testCatalog).map((problem) => problem.code)).toEqual(['node_id_duplicate']);
  });
});

describe('publishing warns, and goes on', () => {
  it('about a node that no trigger reaches, whatever is wrong inside', () => {
    const document = documentOf({ t: 'core.manual', a: 'test.any', b: 'http.request' }, ['t>a']);
    const { plan, problems: found } = compile(document, testCatalog);
    expect(found.map((problem) => `${problem.level} ${problem.code}`)).toEqual(['warning node_unreachable', 'warning parameter_required']);
    expect(plan?.skeleton.nodes.map((node) => node.id)).toEqual(['t', 'a']);
  });

  it('about a respond node that nobody waits for', () => {
    expect(codes({ t: 'core.webhook', r: 'core.respond' }, ['t>r'])).toEqual(['respond_unused r']);
  });

  it('not about a loop that an if can leave', () => {
    expect(
      codes({ t: 'core.manual', a: 'test.any', i: { type: 'core.if', parameters: { conditions: [{}] } }, b: 'test.any' }, [
        't>a',
        'a>i',
        'i.true>a',
        'i.false>b',
      ]),
    ).toEqual([]);
  });

  it('not about an inner cycle that an if leaves into one around it, which another if leaves', () => {
    const choice = { type: 'core.if', parameters: { conditions: [{}] } };
    const inner = ['t>a', 'a>i', 'i.true>a', 'i.false>b'];
    const nodes = { t: 'core.manual', a: 'test.any', i: choice, b: 'test.any', o: choice };
    expect(codes(nodes, [...inner, 'b>o', 'o.true>a'])).toEqual([]);
  });

  it('not about a hidden parameter or an expression of unknown value', () => {
    expect(
      codes({ t: 'core.manual', a: { type: 'http.request', parameters: { url: '{{ $json.url }}', tries: '{{ 3 }}' } } }, ['t>a']),
    ).toEqual([]);
  });
});

describe('the plan', () => {
  const nodes: Nodes = {
    t: { type: 'core.webhook', parameters: { answer: 'respond' } },
    a: {
      type: 'http.request',
      parameters: { method: 'POST', url: "{{ $('t').item.json.url }}" },
      settings: { onError: 'branch', retry: { maxAttempts: 3 } },
    },
    r: 'core.respond',
    late: { type: 'core.wait', position: [-50, 50] },
  };
  const document = documentOf(nodes, ['t>a', 't>late', 'a>r', 'a.error>r'], { timezone: 'Europe/Berlin', order: 'sequential' });
  const { plan } = compile(document, testCatalog);

  it('lists reached nodes and targets from top to bottom', () => {
    expect(plan?.skeleton.nodes.map((node) => node.id)).toEqual(['t', 'late', 'a', 'r']);
    expect(plan?.skeleton.nodes[0]?.outputs['main']?.map((target) => target.to)).toEqual(['late', 'a']);
  });

  it('knows class, lost answer, ports and references of a node', () => {
    expect(plan?.skeleton.nodes.find((node) => node.id === 'a')).toMatchObject({
      effect: 'write',
      onLostAnswer: 'ask',
      refs: ['t'],
      control: null,
      inputs: [{ port: 'main', required: true, edges: 1 }],
      outputs: { main: [{ to: 'r', input: 'main' }], error: [{ to: 'r', input: 'main' }] },
      retry: { maxAttempts: 3 },
    });
    expect(plan?.skeleton.nodes.find((node) => node.id === 'r')).toMatchObject({
      control: 'respond',
      inputs: [{ port: 'main', edges: 2 }],
    });
  });

  it('keeps parameters, with defaults filled in, out of the skeleton', () => {
    expect(JSON.stringify(plan?.skeleton)).not.toContain('json.url');
    expect(plan?.configs['r']).toMatchObject({ name: 'r', parameters: { status: 200, body: '{{ $json }}' }, once: ['*'] });
    expect(plan?.configs['a']).toMatchObject({ window: 10 });
  });

  it('has the same hash for the same meaning and another for another', () => {
    expect(
      compile(documentOf(nodes, ['t>late', 't>a', 'a.error>r', 'a>r'], { timezone: 'Europe/Berlin', order: 'sequential' }), testCatalog)
        .plan?.skeleton.planHash,
    ).toBe(plan?.skeleton.planHash);
    expect(
      compile(documentOf(nodes, ['t>a', 't>late', 'a>r'], { timezone: 'Europe/Berlin' }), testCatalog).plan?.skeleton.planHash,
    ).not.toBe(plan?.skeleton.planHash);
    expect(plan?.skeleton.planHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('takes a class that only the run can tell for a write', () => {
    const read = compile(
      documentOf({ t: 'core.manual', a: { type: 'http.request', parameters: { url: 'x' } } }, ['t>a']),
      testCatalog,
    ).plan;
    expect(read?.skeleton.nodes[1]).toMatchObject({ effect: 'read', onLostAnswer: 'resend' });
  });

  it('says how long a key lives, unless somebody chose what a lost answer means', () => {
    const nodeOf = (settings: { readonly onLostAnswer?: 'resend' }) =>
      compile(documentOf({ t: 'core.manual', a: { type: 'test.keyed', settings } }, ['t>a']), testCatalog).plan?.skeleton.nodes[1];
    expect(nodeOf({})).toMatchObject({ onLostAnswer: 'resend', keyTtlMs: 3_600_000 });
    expect(nodeOf({ onLostAnswer: 'resend' })).not.toHaveProperty('keyTtlMs');
  });

  it('of 1,000 nodes takes a skeleton of some hundred bytes a node', () => {
    const many = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [
        `n${index}`,
        index === 0 ? 'core.manual' : { parameters: { x: `{{ $json.a + ${index} }}` } },
      ]),
    );
    const big = compile(
      documentOf(
        many,
        Array.from({ length: 999 }, (_, index) => `n${index}>n${index + 1}`),
      ),
      testCatalog,
    ).plan;
    expect(big?.skeleton.nodes).toHaveLength(1000);
    expect(JSON.stringify(big?.skeleton).length / 1000).toBeLessThan(420);
  });
});

it('publishing refuses a time zone that does not exist', () => {
  const document = documentOf({ t: 'core.manual' }, []);
  const at = (timezone: string): string[] =>
    checkDocument({ ...document, settings: { ...document.settings, timezone } }, testCatalog).map((one) => one.code);
  expect(at('Mars/Olympus')).toEqual(['timezone_unknown']);
  expect(at('')).toEqual(['timezone_unknown']);
  expect([...at('Europe/Berlin'), ...at('UTC')]).toEqual([]);
});
