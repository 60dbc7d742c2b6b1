import { UserError, type JsonObject, type JsonValue } from '@millwright/core';
import type { ControlCompute } from '../compute.ts';
import type { ListsCall, ListsEnd, Part } from '../lists.ts';
import { wholeNumber } from '../whole-number.ts';

/** A list to go through: how many items, and how many of them a round takes. */
interface Start {
  readonly count: number;
  readonly size: number;
}

/** What a loop knows between its node runs; its lists are `items` (gone through now), `came` (back so far) and `next` (waiting lists in one). */
interface Facts extends Start {
  /** Items sent so far. */
  readonly sent: number;
  /** Waiting lists, in order. */
  readonly next: readonly Start[];
}

const ALL_CAME: readonly Part[] = [{ of: 'came' }, { of: 'back' }];

/** Loop: a batch a round; when the last is back, everything that came back leaves through `done`, and the next list begins. */
export const loopCompute: ControlCompute = {
  kind: 'lists',
  run: function* (call): Generator<undefined, ListsEnd, void> {
    yield undefined;
    const facts = call.facts === null ? null : factsOf(call.facts);
    const arrived = call.lists['main'];
    if (arrived !== undefined) {
      const start = startOf(call, arrived.length);
      return facts === null ? begin(start, { of: 'main' }) : queue(facts, start);
    }
    return facts === null ? { outputs: { done: [{ of: 'back' }] } } : goOn(facts, call.more);
  },
};

/** @throws UserError `loop_rounds` before anything is sent */
function startOf(call: ListsCall, count: number): Start {
  const parameters = call.parameters();
  const size = wholeNumber(parameters, 'batchSize', { min: 1, max: 100_000, otherwise: 1 });
  const maxRounds = wholeNumber(parameters, 'maxRounds', { min: 1, max: 100_000, otherwise: 1000 });
  const rounds = Math.ceil(count / size);
  if (rounds <= maxRounds) return { count, size };
  throw new UserError('invalid', {
    code: 'loop_rounds',
    message: `${count} items need ${rounds} rounds; the loop allows ${maxRounds}`,
    hint: 'Take more items per round, or allow more rounds.',
    details: { field: 'maxRounds' },
  });
}

/** The first round of a list. */
function begin(start: Start, list: Part): ListsEnd {
  return {
    outputs: { loop: [{ of: list.of, start: 0, end: Math.min(start.size, start.count) }] },
    memory: { lists: { items: [list] }, facts: written({ ...start, sent: Math.min(start.size, start.count), next: [] }) },
    progress: true,
  };
}

function queue(facts: Facts, start: Start): ListsEnd {
  return {
    memory: {
      lists: { items: [{ of: 'items' }], came: [{ of: 'came' }], next: [{ of: 'next' }, { of: 'main' }] },
      facts: written({ ...facts, next: [...facts.next, start] }),
    },
  };
}

function goOn(facts: Facts, more: boolean): ListsEnd {
  const { sent, count, size } = facts;
  const kept = { items: [{ of: 'items' }], came: ALL_CAME, next: [{ of: 'next' }] };
  if (more) return { memory: { lists: kept, facts: written(facts) }, progress: true };
  if (sent >= count) return finish(facts);
  const end = Math.min(sent + size, count);
  return {
    outputs: { loop: [{ of: 'items', start: sent, end }] },
    memory: { lists: kept, facts: written({ ...facts, sent: end }) },
    progress: true,
  };
}

function finish({ next }: Facts): ListsEnd {
  const [start, ...others] = next;
  if (start === undefined) return { outputs: { done: ALL_CAME }, memory: null };
  const begun = begin(start, { of: 'next', start: 0, end: start.count });
  return {
    outputs: { ...begun.outputs, done: ALL_CAME },
    memory: {
      lists: { items: [{ of: 'next', start: 0, end: start.count }], next: [{ of: 'next', start: start.count }] },
      facts: written({ ...start, sent: Math.min(start.size, start.count), next: others }),
    },
    progress: true,
  };
}

function written({ count, size, sent, next }: Facts): JsonObject {
  return { count, size, sent, next: next.map((one) => [one.count, one.size]) };
}

function factsOf(facts: JsonObject): Facts {
  const next = Array.isArray(facts['next']) ? facts['next'] : [];
  return {
    count: Number(facts['count']),
    size: Number(facts['size']),
    sent: Number(facts['sent']),
    next: next.map((one: JsonValue) => (Array.isArray(one) ? { count: Number(one[0]), size: Number(one[1]) } : { count: 0, size: 1 })),
  };
}
