import type { JsonObject } from '@millwright/core';
import { Drawing, type OpenEnd, type Place } from './drawing.ts';
import { conditionsOf, EXPRESSIONS, mergeOf, onErrorOf, retryOf, switchOf } from './parts.ts';
import { SeededRandom } from './random.ts';
import { CLASSES, type Answer, type Behaviour, type ExternalEvent, type Scenario } from './scenario.ts';

/** How much goes wrong in one scenario. */
interface Mood {
  readonly failing: number;
  readonly multiplying: number;
  readonly settings: number;
}

const MOODS: readonly Mood[] = [
  { failing: 0, multiplying: 0.06, settings: 0.05 },
  { failing: 0.04, multiplying: 0.06, settings: 0.15 },
  { failing: 0.15, multiplying: 0.04, settings: 0.25 },
];

const SECTIONS = { 'core.map': ['each'], 'core.try': ['try', 'catch', 'finally'], 'core.compensate': ['do', 'undo'] } as const;

/** The scenario of a seed: always the same one. It compiles. */
export function generate(seed: number): Scenario {
  const random = new SeededRandom(seed);
  const generator = new Generator(random);
  const count = random.weighted({ none: 1, one: 4, more: 5 });
  const size = count === 'none' ? 0 : count === 'one' ? 1 : 2 + random.int(3);
  const items = Array.from({ length: size }, (_, index) => ({ id: `i${index}`, n: random.int(5), k: random.int(3) }));
  generator.draw();
  const { drawing, behaviours } = generator;
  return {
    seed,
    document: {
      format: 'millwright.workflow/1',
      name: `Seed ${seed}`,
      nodes: drawing.nodes,
      edges: drawing.edges,
      settings: { order: random.chance(0.4) ? 'sequential' : 'parallel' },
    },
    items,
    behaviours,
    events: eventsOf(random),
  };
}

function eventsOf(random: SeededRandom): ExternalEvent[] {
  const events: ExternalEvent[] = [];
  const after = (): number => random.int(12);
  if (random.chance(0.06)) events.push({ kind: 'cancel', after: after() });
  if (random.chance(0.1)) {
    const from = after();
    events.push({ kind: 'pause', after: from }, { kind: 'unpause', after: from + random.int(5) });
  }
  if (random.chance(0.2)) events.push({ kind: 'retryNow', after: after(), nth: random.int(4) });
  if (random.chance(0.15)) events.push({ kind: 'duplicate', after: after(), nth: random.int(12) });
  if (random.chance(0.15)) events.push({ kind: 'late', after: after(), nth: random.int(12) });
  return events.toSorted((a, b) => a.after - b.after);
}

type Element = 'node' | 'if' | 'switch' | 'filter' | 'merge' | 'loop' | 'cycle' | 'section' | 'wait' | 'call' | 'stop' | 'noOp';

class Generator {
  readonly drawing: Drawing;
  readonly behaviours: Record<string, Behaviour> = {};
  readonly #random: SeededRandom;
  readonly #mood: Mood;
  /** Nodes that may still be drawn. */
  #left: number;

  constructor(random: SeededRandom) {
    this.#random = random;
    this.#mood = random.pick(MOODS);
    this.#left = random.pick([3, 6, 10, 14]);
    this.drawing = new Drawing(random);
  }

  draw(): void {
    const t = this.drawing.node('core.webhook', null);
    this.#chain([{ from: t, output: 'main' }], { parent: null, depth: 0, isCyclic: false }, this.#left);
  }

  /** Draws some elements one after the other, from one or more outputs; the outputs from which nothing leads. */
  #chain(from: readonly OpenEnd[], place: Place, atMost: number): readonly OpenEnd[] {
    let ends = from;
    for (let i = 0; i < atMost && this.#left > 0 && ends.length > 0; i++) ends = this.#element(ends, place);
    return ends;
  }

  /** The inside of something: at least one node. */
  #inside(from: OpenEnd, place: Place): readonly OpenEnd[] {
    this.#left = Math.max(1, this.#left);
    return this.#chain([from], place, 1 + this.#random.int(4));
  }

  #element(ends: readonly OpenEnd[], place: Place): readonly OpenEnd[] {
    const { parent, isCyclic, depth } = place;
    const isDeep = depth >= 3;
    const kind: Element = this.#random.weighted({
      node: 16,
      if: 4,
      switch: 2,
      filter: 2,
      merge: ends.length > 1 && !isCyclic ? 8 : 0,
      loop: isDeep || isCyclic ? 0 : 2,
      cycle: isDeep || isCyclic ? 0 : 2,
      section: isDeep || isCyclic ? 0 : 5,
      wait: 2,
      call: 2,
      stop: this.#mood.failing > 0 && !isCyclic ? 1 : 0,
      noOp: 1,
    });
    if (kind === 'merge') return this.#merge(ends, place);
    const { used, kept } = this.#chosen(ends, isCyclic);
    if (kind === 'section') return [...kept, ...this.#section(used, place)];
    const id = this.#placed(kind, parent, isCyclic);
    for (const end of used) this.drawing.edge(end, id);
    return [...kept, ...this.#outputs(kind, id, place)];
  }

  /** Some ends lead on, others stay; now and then one leads to several places. */
  #chosen(ends: readonly OpenEnd[], isCyclic: boolean): { readonly used: readonly OpenEnd[]; readonly kept: readonly OpenEnd[] } {
    const mixed = this.#random.shuffled(ends);
    const used = mixed.slice(0, this.#random.weighted({ one: 4, more: 1 }) === 'one' ? 1 : 1 + this.#random.int(mixed.length));
    const kept = mixed.slice(used.length);
    const again = !isCyclic && this.#random.chance(0.25) ? used.slice(0, 1) : [];
    return { used, kept: [...kept, ...again] };
  }

  #placed(kind: Exclude<Element, 'section' | 'merge'>, parent: string | null, isCyclic: boolean): string {
    const random = this.#random;
    switch (kind) {
      case 'node':
      case 'cycle':
        return this.#scripted(parent, isCyclic, kind === 'cycle');
      case 'if':
      case 'filter':
        return this.#node(`core.${kind}`, parent, conditionsOf(random), this.#settings(kind === 'filter'));
      case 'switch':
        return this.#node('core.switch', parent, switchOf(random).parameters, this.#settings(false));
      case 'loop':
        return this.#node('core.loop', parent, { batchSize: 1 + random.int(3) });
      case 'wait':
        return this.#node(
          'core.wait',
          parent,
          { mode: 'for', amount: random.pick([0, 1, 30, 3600]), unit: 'seconds' },
          this.#settings(true),
        );
      case 'call':
        return this.#called(parent, isCyclic);
      case 'stop':
        return this.#node('core.stop', parent, {}, random.chance(0.2) ? { onError: 'continue' } : {});
      case 'noOp':
        return this.#node('core.noOp', parent, {}, this.#settings(true));
    }
  }

  /** What leads on from an element, once its rounds are drawn. */
  #outputs(kind: Exclude<Element, 'section' | 'merge'>, id: string, place: Place): readonly OpenEnd[] {
    const { drawing } = this;
    const node = drawing.nodes.find((one) => one.id === id);
    const error: readonly OpenEnd[] = node?.settings?.onError === 'branch' ? [{ from: id, output: 'error' }] : [];
    const deeper = { ...place, depth: place.depth + 1 };
    switch (kind) {
      case 'loop':
        for (const end of this.#inside({ from: id, output: 'loop' }, deeper))
          if (this.#random.chance(0.85)) drawing.edge(end, id, this.#random.pick(['back', 'main']));
        return [{ from: id, output: 'done' }];
      case 'cycle':
        return [...error, ...this.#cycle(id, place)];
      case 'if':
        return [...error, { from: id, output: 'true' }, { from: id, output: 'false' }];
      case 'filter':
        return [...error, { from: id, output: 'main' }, ...(this.#random.chance(0.4) ? [{ from: id, output: 'discarded' }] : [])];
      case 'switch':
        return [...error, ...switchOutputs(node?.parameters ?? {}).map((output) => ({ from: id, output }))];
      case 'stop':
        return [];
      default:
        return [{ from: id, output: 'main' }, ...error];
    }
  }

  /** A way back to a node, taken while the number is above 0; every round makes it smaller. */
  #cycle(id: string, place: Place): readonly OpenEnd[] {
    const { drawing } = this;
    const parameters = { conditions: [{ left: EXPRESSIONS.number, operator: 'greater', right: 0 }] };
    const choice = this.#node('core.if', place.parent, parameters);
    drawing.edge({ from: id, output: 'main' }, choice);
    const inside = { ...place, depth: place.depth + 1, isCyclic: true };
    const back = this.#random.chance(0.5) ? [{ from: choice, output: 'true' }] : this.#inside({ from: choice, output: 'true' }, inside);
    const [first, ...others] = back;
    if (first !== undefined) drawing.edge(first, id);
    return [{ from: choice, output: 'false' }, ...others];
  }

  #merge(ends: readonly OpenEnd[], { parent }: Place): readonly OpenEnd[] {
    const mixed = this.#random.shuffled(ends);
    const wanted = 2 + this.#random.int(2);
    const parameters = mergeOf(this.#random, Math.min(wanted, mixed.length));
    const inputs = typeof parameters['inputs'] === 'number' ? parameters['inputs'] : 2;
    const id = this.#node('core.merge', parent, parameters, this.#random.chance(0.1) ? { onError: 'continue' } : {});
    const used = mixed.slice(0, this.#random.chance(0.2) ? mixed.length : inputs);
    used.forEach((end, index) => this.drawing.edge(end, id, `in${(index % inputs) + 1}`));
    return [...mixed.slice(used.length), { from: id, output: 'main' }];
  }

  #section(used: readonly OpenEnd[], { parent, depth }: Place): readonly OpenEnd[] {
    const random = this.#random;
    const type = random.pick(['core.map', 'core.try', 'core.compensate', 'core.compensate'] as const);
    const onItemError = random.pick(['stop', 'collect']);
    const onError = random.weighted({ stop: 7, continue: 2, branch: 1 });
    const settings = {
      onError,
      ...(random.chance(0.05) ? { alwaysOutput: true } : {}),
      ...(random.chance(0.05) ? { executeOnce: true } : {}),
    };
    const id = this.#node(type, parent, type === 'core.map' ? { window: 1 + random.int(3), onItemError } : {}, settings);
    for (const end of used) this.drawing.edge(end, id);
    const exit = type === 'core.map' ? 'collect' : 'result';
    SECTIONS[type].forEach((output, index) => {
      if (index > 0 && random.chance(output === 'undo' ? 0.15 : 0.4)) return;
      const inside = this.#inside({ from: id, output }, { parent: id, depth: depth + 1, isCyclic: false });
      for (const end of inside) if (end.from !== id && random.chance(0.85)) this.drawing.edge(end, id, exit);
    });
    return [{ from: id, output: 'main' }, ...(onError === 'branch' ? [{ from: id, output: 'error' }] : [])];
  }

  #called(parent: string | null, isCyclic: boolean): string {
    const random = this.#random;
    const mode = random.pick(['each', 'each', 'list']);
    const settings = { ...this.#settings(true), ...(random.chance(0.3) ? { retry: retryOf(random) } : {}) };
    const id = this.#node('core.callWorkflow', parent, { workflow: 'wf_called', mode, wait: random.chance(0.85) }, settings);
    this.behaviours[id] = this.#behaviour(isCyclic, true);
    return id;
  }

  #scripted(parent: string | null, isInCycle: boolean, beginsCycle: boolean): string {
    const random = this.#random;
    const isCyclic = isInCycle || beginsCycle;
    const type = random.weighted({ 'test.set': 5, 'test.whole': isCyclic ? 0 : 2, 'test.read': 3, 'test.write': 5, 'test.ask': 2 });
    const isPure = type === 'test.set' || type === 'test.whole';
    const parameters = random.chance(0.35) ? { o: EXPRESSIONS.origin } : {};
    // A cycle ends because each round makes the number smaller.
    const settings = { ...this.#settings(!beginsCycle), ...(random.chance(isPure ? 0.05 : 0.35) ? { retry: retryOf(random) } : {}) };
    const id = this.#node(type, parent, parameters, settings);
    this.behaviours[id] = this.#behaviour(isCyclic, !isPure);
    return id;
  }

  #behaviour(isCyclic: boolean, hasTries: boolean): Behaviour {
    const random = this.#random;
    const answers = Array.from({ length: CLASSES }, () => {
      const last = this.#answer(isCyclic);
      const before = hasTries && random.chance(this.#mood.failing * 2) ? 1 + random.int(2) : 0;
      return [...Array.from({ length: before }, (): Answer => ({ kind: 'failed', error: 'transient' })), last];
    });
    return { answers, slowness: random.int(10) };
  }

  #answer(isCyclic: boolean): Answer {
    const random = this.#random;
    if (random.chance(this.#mood.failing)) return { kind: 'failed', error: random.chance(0.2) ? 'transient' : 'permanent' };
    if (random.chance(0.06)) return { kind: 'done', count: 0 };
    return { kind: 'done', count: !isCyclic && random.chance(this.#mood.multiplying) ? 2 : 1 };
  }

  #settings(hasMain: boolean): JsonObject {
    const random = this.#random;
    const odd = (): boolean => random.chance(this.#mood.settings * 0.5);
    const onError = random.chance(this.#mood.settings * 3) ? onErrorOf(random) : 'stop';
    return {
      onError,
      ...(hasMain && odd() ? { disabled: true } : {}),
      ...(odd() ? { executeOnce: true } : {}),
      ...(hasMain && odd() ? { alwaysOutput: true } : {}),
    };
  }

  #node(type: string, parent: string | null, parameters: JsonObject = {}, settings: JsonObject = {}): string {
    this.#left -= 1;
    return this.drawing.node(type, parent, parameters, settings);
  }
}

function switchOutputs(parameters: JsonObject): readonly string[] {
  const cases = Array.isArray(parameters['cases']) ? (parameters['cases'] as readonly { readonly id: string }[]) : [];
  return [...cases.map(({ id }) => id), ...(parameters['fallback'] === 'output' ? ['fallback'] : [])];
}
