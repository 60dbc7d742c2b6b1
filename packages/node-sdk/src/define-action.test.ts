import { UserError } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { emit } from './context.ts';
import { defineAction, type ActionSpec } from './define-action.ts';
import { defineNodePackage } from './define-package.ts';
import { defineTrigger } from './define-trigger.ts';
import { toNodeTypeInfo } from './definition.ts';
import { runAction } from './testing.ts';

const input = z.strictObject({ name: z.string().meta({ title: 'Name' }), times: z.int().default(1).meta({ title: 'Times' }) });
const output = z.object({ text: z.string() });
type Spec = ActionSpec<typeof input, typeof output>;

const greet: Spec = {
  type: 'test.greet',
  version: 1,
  title: 'Greet',
  description: 'Greets.',
  category: 'apps',
  icon: 'hand',
  effect: 'read',
  input,
  output,
  sample: { text: 'hi' },
  run: ({ input: { name, times } }) => Array.from({ length: times }, () => ({ text: `hi ${name}` })),
};

function faultsOf(patch: Partial<Spec>): readonly string[] {
  try {
    defineAction({ ...greet, ...patch });
  } catch (refused) {
    if (refused instanceof UserError) return refused.details?.['faults'] as readonly string[];
    throw refused;
  }
  return [];
}

describe('defineAction', () => {
  it('checks and defaults parameters before run, and names the field that does not fit', async () => {
    const action = defineAction(greet);
    const { ports } = await runAction(action, { parameters: { name: 'Ada' }, items: [{ json: {} }, { json: {} }], itemIndex: 1 });
    expect(ports).toEqual({ main: [{ json: { text: 'hi Ada' }, from: [1] }] });
    await expect(runAction(action, { parameters: { name: 1 } })).rejects.toMatchObject({
      code: 'parameter_invalid',
      details: { field: 'parameters.name' },
    });
  });

  it('a list makes several items, emit names ports', async () => {
    expect((await runAction(defineAction(greet), { parameters: { name: 'A', times: 3 } })).ports['main']).toHaveLength(3);
    const twoPorts = defineAction({
      ...greet,
      outputs: [
        { name: 'a', title: 'A' },
        { name: 'b', title: 'B' },
      ],
      run: () => emit({ b: [{ json: { text: 'x' }, from: [0] }] }),
    });
    expect((await runAction(twoPorts, { parameters: { name: 'A' } })).ports).toEqual({ b: [{ json: { text: 'x' }, from: [0] }] });
  });

  it.each<[string, Partial<Spec>, RegExp]>([
    ['a type without a dot', { type: 'Greet' }, /http\.request/],
    ['a version of 0', { version: 0 }, /from 1/],
    ['no title', { title: ' ' }, /title is empty/],
    ['an unknown category', { category: 'stuff' }, /triggers, logic/],
    ['a write that does not say what a lost answer means', { effect: 'write' }, /onLostAnswer is missing/],
    ['a write hidden in effectBy', { effectBy: { parameter: 'name', classes: {}, otherwise: 'write' } }, /onLostAnswer is missing/],
    ['effectBy of an unknown parameter', { effectBy: { parameter: 'nope', classes: {}, otherwise: 'read' } }, /effectBy\.parameter "nope"/],
    ['a sample that does not fit the output', { sample: { text: 1 } as never }, /sample\.text/],
    ['an unknown parameter in once', { once: ['nope'] }, /once: "nope"/],
    ['a port called error', { outputs: [{ name: 'error', title: 'E' }] }, /take another name/],
    [
      'a port twice',
      {
        outputs: [
          { name: 'a', title: 'E' },
          { name: 'a', title: 'F' },
        ],
      },
      /used once/,
    ],
    ['a window of 0', { window: 0 }, /1 to 100/],
    ['a timeout of 1 ms', { timeoutMs: 1 }, /milliseconds/],
    ['a parameter without a title', { input: z.strictObject({ name: z.string(), times: z.int() }) as never }, /has no title/],
  ])('refuses %s and says what to write', (_name, patch, expected) => {
    expect(faultsOf(patch).join('\n')).toMatch(expected);
  });

  it('reports all faults together', () => {
    expect(faultsOf({ type: 'x', version: 0, window: 0 })).toHaveLength(3);
  });
});

describe('defineNodePackage', () => {
  const trigger = defineTrigger({
    type: 'test.start',
    version: 1,
    title: 'Start',
    description: 'Starts.',
    icon: 'play',
    input: z.strictObject({}),
    output: z.json(),
    sample: null,
  });
  const de = { 'test.start': { title: 'Start', description: 'Startet.' } };

  it('a trigger has no inputs and its texts come with it', () => {
    const info = toNodeTypeInfo(trigger, { de });
    expect(info).toMatchObject({ kind: 'trigger', inputs: [], outputs: [{ name: 'main' }], locales: { de: { title: 'Start' } } });
  });

  it.each([
    ['a built-in package without German', { key: 'core-x', nodes: [trigger] }, /locales\/de\.json/],
    [
      'a built-in package with a text missing',
      { key: 'core-x', nodes: [trigger], locales: { de: { 'test.start': { title: 'Start' } } } },
      /"description" is missing/,
    ],
    [
      'a translation of nothing',
      { key: 'x', nodes: [trigger], locales: { de: { 'test.start': { titel: 'x' } } } },
      /names nothing: write one of title, description/,
    ],
    ['a translation of an unknown type', { key: 'x', nodes: [trigger], locales: { de: { 'test.stop': {} } } }, /no node type/],
    ['the same type and version twice', { key: 'x', nodes: [trigger, trigger] }, /defined twice/],
    ['no nodes', { key: 'x', nodes: [] }, /at least one/],
  ])('refuses %s', (_name, spec, expected) => {
    expect(() => defineNodePackage({ title: 'X', ...spec })).toThrow(expected);
  });
});

describe('runAction', () => {
  it('refuses an item that does not fit the output schema, and a port that does not exist', async () => {
    const wrong = defineAction({ ...greet, run: () => ({ text: 1 }) as never });
    await expect(runAction(wrong, { parameters: { name: 'A' } })).rejects.toMatchObject({ code: 'output_mismatch' });
    const port = defineAction({ ...greet, run: () => emit<{ text: string }>({ nope: [] }) });
    await expect(runAction(port, { parameters: { name: 'A' } })).rejects.toMatchObject({ code: 'output_mismatch' });
  });
});
