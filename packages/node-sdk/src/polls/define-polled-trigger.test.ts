import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runPoll, runWatch } from '../testing.ts';
import { definePolledTrigger, type PolledTriggerSpec } from './define-polled-trigger.ts';

const INPUT = z.strictObject({ shelf: z.string().meta({ title: 'Shelf' }) });
const OUTPUT = z.object({ id: z.string() });
type Spec = PolledTriggerSpec<typeof INPUT, typeof OUTPUT>;

const SPEC: Spec = {
  type: 'shop.thing.added',
  version: 1,
  title: 'Thing added',
  description: 'When a thing comes.',
  icon: 'package',
  every: '2m',
  input: INPUT,
  output: OUTPUT,
  sample: { id: '1' },
  poll: ({ input, state }) =>
    Promise.resolve({ events: [{ id: 'e', data: { id: input.shelf } }], state: { n: Number(state?.['n'] ?? 0) + 1 } }),
};

describe('a trigger that asks by a function of its own', () => {
  it('is a node type like any other trigger, and asks how often and what counts at first', () => {
    const { info } = definePolledTrigger(SPEC);
    expect(info).toMatchObject({ type: 'shop.thing.added', kind: 'trigger', category: 'triggers', inputs: [] });
    expect(info.connectorTrigger).toEqual({
      connector: 'shop',
      trigger: 'thing.added',
      ways: ['poll'],
      firstParameter: 'first',
      paceParameter: 'everySeconds',
    });
    expect(info.parameters).toMatchObject({ properties: { everySeconds: { default: 120 }, shelf: { field: { expression: false } } } });
    expect(definePolledTrigger({ ...SPEC, version: 2, asksFirst: false }).info.connectorTrigger).toEqual({
      connector: 'shop',
      trigger: 'thing.added@2',
      ways: ['poll'],
      paceParameter: 'everySeconds',
    });
  });

  it('asks with its parameters checked, at its pace, and at once where there is more', async () => {
    const trigger = definePolledTrigger(SPEC);
    const parameters = { shelf: 'top', everySeconds: 30 };
    expect(await runPoll(trigger, { parameters })).toEqual({
      events: [{ id: 'e', data: { id: 'top' } }],
      state: { n: 1 },
      nextInMs: 30_000,
    });
    expect(await runPoll(trigger, { parameters: { shelf: 'top' }, state: { n: 4 } })).toMatchObject({ state: { n: 5 }, nextInMs: 120_000 });
    const more = definePolledTrigger({ ...SPEC, poll: () => Promise.resolve({ events: [], state: {}, hasMore: true }) });
    expect(await runPoll(more, { parameters })).toMatchObject({ nextInMs: 0 });
    await expect(runPoll(trigger, { parameters: { shelf: 1 } })).rejects.toMatchObject({ code: 'parameter_invalid' });
    await expect(runPoll(trigger, { parameters: { shelf: 'a', everySeconds: 9 } })).rejects.toMatchObject({ code: 'parameter_invalid' });
  });

  it('listens where it can, and an event that does not fit its schema fails its test', async () => {
    const heard: string[] = [];
    const trigger = definePolledTrigger({ ...SPEC, watch: ({ input }) => Promise.resolve(void heard.push(input.shelf)) });
    await runWatch(trigger, { parameters: { shelf: 'top' } });
    expect(heard).toEqual(['top']);
    const wrong = definePolledTrigger({
      ...SPEC,
      poll: () => Promise.resolve({ events: [{ id: 'e', data: { id: 1 as never } }], state: {} }),
    });
    await expect(runPoll(wrong, { parameters: { shelf: 'a' } })).rejects.toMatchObject({ code: 'output_mismatch' });
  });

  it.each<[string, Partial<Spec>, RegExp]>([
    ['asks too often', { every: '5s' }, /10s or more/],
    ['takes a name of the product', { input: INPUT.extend({ first: z.string().meta({ title: 'First' }) }) as never }, /input\.first/],
    ['has another slot', { credentials: [{ name: 'login', types: ['x'], required: true }] }, /one slot "auth"/],
    ['has a sample that does not fit', { sample: { id: 1 } as never }, /sample/],
  ])('does not load when it %s, and says what to write', (_what, part, message) => {
    expect(() => definePolledTrigger({ ...SPEC, ...part })).toThrow(message);
  });
});
