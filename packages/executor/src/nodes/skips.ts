import type { JsonObject } from '@millwright/core';
import { hashJson } from '@millwright/core/hash';
import { UNDO_INDEX } from '@millwright/engine';
import type { Activation, BuiltFrom, OfChain, OpenAttempt, Outcome, Predecessor, Resumes } from '@millwright/workflow';
import { decisionIndex, sendAgainOf } from '../waits/decision-index.ts';
import { TIMER_INDEX } from '../waits/timer-index.ts';
import { lostSince, newKeysIn } from '../waits/vendor-key.ts';
import type { Prepared } from './prepared.ts';
import type { UndoneIn } from './undone.ts';

/** What the runs before this one did about one item, and what follows from it now. */
export interface EarlierItem {
  /** Highest stored try: further ones are counted from there. */
  readonly tries: number;
  /** How often the vendor's key has changed. */
  readonly sendNo: number;
  /** When the first request left that was lost under the present key, ms since 1970. Absent: none was. */
  readonly lostSinceMs?: number;
  /** It is done: this is how it went. */
  readonly outcome?: Outcome;
  /** It was sent, and its answer is not known. */
  readonly open?: OpenAttempt;
}

/** What the runs before this one did in one activation. */
export interface Earlier {
  /** What `$now` was for it, ms since 1970. */
  readonly atMs: number | undefined;
  /** Undefined when nothing was tried. @param built what the effect would be built from now; undefined when that cannot be told */
  readonly item: (itemIndex: number, built: () => BuiltFrom | undefined) => EarlierItem | undefined;
}

/**
 * What a resumed run need not do again (durability.md §7). Nothing in it changes while the run goes on, so every try of it skips the
 * same, at the same place: skips need no number.
 */
export class Skips {
  /** When the first of the runs opened, ms since 1970; undefined when nothing is known of that. */
  readonly beganAtMs: number | undefined;
  readonly #onChanged: Resumes['onChanged'];
  readonly #outcomes: ReadonlyMap<string, Predecessor['outcomes']>;
  readonly #open: ReadonlyMap<string, Predecessor['open']>;
  readonly #superseded: ReadonlyMap<string, Predecessor['open']>;
  readonly #tries = new Map<string, number>();
  readonly #undoneIn: UndoneIn;
  readonly #indexes: ReadonlyMap<string, readonly number[]>;
  readonly #inputs: ReadonlySet<string>;

  /** @param undoneIn what was undone is done anew, under a key of its own */
  constructor({ outcomes, open, superseded = [] }: Predecessor, resumes: Resumes | undefined, undoneIn: UndoneIn = () => undefined) {
    this.#undoneIn = undoneIn;
    this.#onChanged = resumes?.onChanged;
    this.#outcomes = Map.groupBy(outcomes, nodeRunOf);
    this.#open = Map.groupBy(open, nodeRunOf);
    this.#superseded = Map.groupBy(superseded, nodeRunOf);
    for (const row of [...outcomes, ...open]) this.#tries.set(keyOf(row), Math.max(row.attempt, this.triesOf(row)));
    const rows = [...outcomes, ...open].filter(({ itemIndex }) => itemIndex > TIMER_INDEX);
    this.#inputs = new Set(rows.flatMap((row) => (row.inputHash === undefined ? [] : `${keyOf(row)}:${row.inputHash}`)));
    this.#indexes = new Map(
      [...Map.groupBy(rows, ({ nodeId }) => nodeId)].map(([nodeId, some]) => [
        nodeId,
        // What undid a section is found by the section's number alone.
        [...new Set(some.map(({ runIndex }) => runIndex))].filter((index) => index < UNDO_INDEX).toSorted((a, b) => a - b),
      ]),
    );
    const times = [...outcomes, ...open].flatMap(({ atMs }) => atMs ?? []);
    this.beganAtMs = times.length === 0 ? undefined : times.reduce((least, one) => Math.min(least, one));
  }

  /** What was done in an activation; undefined when nothing was. */
  of(nodeId: string, runIndex: number): Earlier | undefined {
    const key = `${nodeId}:${runIndex}`;
    const [outcomes, open] = [this.#outcomes.get(key) ?? [], this.#open.get(key) ?? []];
    if (outcomes.length + open.length === 0) return undefined;
    const byItem = Map.groupBy(outcomes, ({ itemIndex }) => itemIndex);
    const openByItem = Map.groupBy(open, ({ itemIndex }) => itemIndex);
    return {
      atMs: [...outcomes, ...open].find((one) => one.itemIndex !== TIMER_INDEX && one.atMs !== undefined)?.atMs,
      item: (itemIndex, built) => {
        const [own, sent] = [byItem.get(itemIndex) ?? [], openByItem.get(itemIndex) ?? []];
        const undoneIn = this.#undoneIn(nodeId, runIndex) ?? Number.NEGATIVE_INFINITY;
        const isSince = (one: OfChain): boolean => one.generation > undoneIn;
        const past = (this.#superseded.get(key) ?? []).filter((one) => one.itemIndex === itemIndex);
        const before = [...own, ...sent, ...past].filter((one) => !isSince(one));
        const wanted = (byItem.get(decisionIndex(itemIndex)) ?? []).filter((one) => sendAgainOf(one) === 'newKey');
        const decided = wanted.filter(isSince).length;
        const since = this.#item(
          { outcomes: own.filter(isSince), open: sent.filter(isSince), superseded: past.filter(isSince), decided },
          built,
        );
        if (before.length === 0) return since;
        const fresh = anew(before, wanted.length - decided);
        return since === undefined ? fresh : { ...since, sendNo: fresh.sendNo + since.sendNo };
      },
    };
  }

  /** Places in ledger keys under which earlier runs did something in a node, the lowest first. */
  indexesOf(nodeId: string): readonly number[] {
    return this.#indexes.get(nodeId) ?? [];
  }

  /** Whether an item was built from the same input there. */
  isFit(place: { readonly nodeId: string; readonly runIndex: number; readonly itemIndex: number }, inputHash: string): boolean {
    return this.#inputs.has(`${keyOf(place)}:${inputHash}`);
  }

  /** Whether rows there say what they were built from. */
  saysInput(nodeId: string, index: number): boolean {
    return [...(this.#outcomes.get(`${nodeId}:${index}`) ?? []), ...(this.#open.get(`${nodeId}:${index}`) ?? [])].some(
      (one) => one.inputHash !== undefined,
    );
  }

  /** The timer that fired for an activation; undefined when none did. */
  timer(nodeId: string, runIndex: number): Outcome | undefined {
    return this.#outcomes.get(`${nodeId}:${runIndex}`)?.findLast((one) => one.itemIndex === TIMER_INDEX && one.status === 'done');
  }

  /** Highest stored try of a key; 0 when there is none. */
  triesOf(key: { readonly nodeId: string; readonly runIndex: number; readonly itemIndex: number }): number {
    return this.#tries.get(keyOf(key)) ?? 0;
  }

  #item(rows: Rows, built: () => BuiltFrom | undefined): EarlierItem | undefined {
    const { outcomes, open, superseded, decided } = rows;
    if (outcomes.length + open.length === 0) return undefined;
    const now = built();
    const tries = [...outcomes, ...open].reduce((most, one) => Math.max(most, one.attempt), 0);
    const lostSinceMs = lostSince([...outcomes, ...open]);
    const sendNo = sendNoOf([...outcomes, ...open, ...superseded], now) + decided + newKeysIn(outcomes);
    const found = { tries, sendNo, ...(lostSinceMs === undefined ? {} : { lostSinceMs }) };
    const pending = open.findLast((one) => !isDoneBeside(one, outcomes));
    if (pending !== undefined) return isSame(pending, now) || this.#onChanged !== 'resend' ? { ...found, open: pending } : found;
    const answer = outcomes.findLast((one) => one.status === 'done');
    if (answer === undefined) return found;
    // What was written is not written again unless somebody said so; reading again harms nobody.
    const isKept = isSame(answer, now) || (answer.class !== 'read' && this.#onChanged !== 'resend');
    return isKept ? { ...found, outcome: answer } : found;
  }
}

/** A try that was sent beside another one of the same run, by a process that did not know of it: what is done is done. */
function isDoneBeside({ generation }: OfChain, outcomes: Predecessor['outcomes']): boolean {
  return outcomes.some((one) => one.status === 'done' && one.generation === generation);
}

/** What is stored of one item. */
interface Rows {
  readonly outcomes: Predecessor['outcomes'];
  readonly open: Predecessor['open'];
  readonly superseded: Predecessor['open'];
  /** How often a person wanted a new key. */
  readonly decided: number;
}

/** Which key the vendor gets: a new one for each request that is another than the one sent before it, so that none has two bodies. */
function sendNoOf(rows: readonly (Outcome | OpenAttempt)[], now: BuiltFrom | undefined): number {
  const sent = rows.filter(({ status }) => status !== 'notSent').toSorted((a, b) => a.attempt - b.attempt);
  const requests: BuiltFrom[] = [];
  for (const row of sent) if (requests.length === 0 || !isSame(row, requests.at(-1))) requests.push(row);
  const last = requests.at(-1);
  return last !== undefined && isSame(last, now) ? requests.length - 1 : requests.length;
}

/**
 * What an effect is built from. The input is the evaluated parameters, and nothing else of the item: these are what a request is made
 * of, so that a field which the step does not use may change. A step that runs once for its list sees every item, hence they count; and
 * a called run gets its item as it is, where nothing is filled in; a program sees its items and what it reads of other nodes.
 */
export function builtFrom(
  { activation, config, list, isWhole, node, parameters: source }: Prepared,
  parameters: JsonObject,
  itemIndex: number,
): Required<BuiltFrom> {
  const seesItem = node.effect === 'child' || node.effect === 'code';
  const seen = isWhole ? list.items : seesItem ? list.items.slice(itemIndex, itemIndex + 1) : [];
  // A program reads other nodes by itself.
  const read = node.effect === 'code' ? { nodes: source.programNodes(itemIndex) } : {};
  const inputHash = hashJson(isWhole || seesItem ? { parameters, items: seen.map((item) => item.json), ...read } : parameters);
  return { configHash: config.configHash, inputHash, atMs: activation.atMs };
}

/**
 * What was undone is done anew, as another request: what was refused may have been another one, too, so every try that left counts.
 * @param decided how often a person wanted a new key then
 */
function anew(rows: readonly (Outcome | OpenAttempt)[], decided: number): EarlierItem {
  const sent = rows.filter((one) => one.status !== 'notSent');
  return { tries: rows.reduce((most, one) => Math.max(most, one.attempt), 0), sendNo: sent.length + decided + newKeysIn(rows) };
}

/** What an item's effect would be built from now; undefined when its parameters cannot be evaluated: its call meets the same fault. */
export function builtNow(prepared: Prepared, itemIndex: number): BuiltFrom | undefined {
  try {
    return builtFrom(prepared, prepared.parameters.at(Math.max(0, itemIndex)), itemIndex);
  } catch {
    return undefined;
  }
}

/** The part of a ledger key that says which node run of an earlier run this is. */
export function keyIndexOf({ keyIndex }: Activation): { readonly keyIndex?: number } {
  return keyIndex === undefined ? {} : { keyIndex };
}

/** Of rows that do not say what they were built from, nobody can tell that it was something else. */
function isSame(row: BuiltFrom, now: BuiltFrom | undefined): boolean {
  if (row.configHash === undefined || now?.configHash === undefined) return true;
  return row.configHash === now.configHash && row.inputHash === now.inputHash;
}

function keyOf(key: { readonly nodeId: string; readonly runIndex: number; readonly itemIndex: number }): string {
  return `${nodeRunOf(key)}:${key.itemIndex}`;
}

function nodeRunOf({ nodeId, runIndex }: { readonly nodeId: string; readonly runIndex: number }): string {
  return `${nodeId}:${runIndex}`;
}
