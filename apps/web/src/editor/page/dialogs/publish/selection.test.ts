import type { DraftChangeView } from '@millwright/contracts';
import { differenceOf } from '@millwright/workflow/difference';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testType } from '../../../core/testing.ts';
import { groupChanges } from './group-changes.ts';
import { chosenIds, firstChoice, groupByAuthor, listEntries, withChoice, type ListedEntry } from './selection.ts';
import { documentOf } from './testing.ts';

const info = testType({ type: 'test.step' });
const catalog = { get: () => info, all: () => [info] };
const STEPS = ['a', 'b', 'c', 'd'].map((id) => ({ id }));

const drawings = fc
  .record({ steps: fc.subarray(STEPS), lines: fc.subarray(['a>b', 'b>c', 'a>c', 'c>d']), x: fc.integer({ min: 0, max: 1 }) })
  .map(({ steps, lines, x }) => {
    const ids = new Set(steps.map(({ id }) => id));
    const drawn = lines.filter((line) => line.split('>').every((id) => ids.has(id)));
    return documentOf(
      steps.map((step) => ({ ...step, position: [x, 0], parameters: { x } })),
      drawn,
    );
  });

/** Entries of a difference, with people and needs by chance. */
const lists = fc
  .record({ base: drawings, document: drawings, dice: fc.infiniteStream(fc.nat({ max: 5 })) })
  .map(({ base, document, dice }) => {
    const roll = (): number => dice.next().value ?? 0;
    const changes = differenceOf(base, document).map((change, at) => ({ id: `c${at}`, change }));
    const at = '2026-01-01T00:00:00.000Z';
    const people = [[], ['ana'], ['ben'], ['ana', 'ben'], ['ana'], ['ana']] as const;
    const view = changes.map((one, index): DraftChangeView => ({
      ...one,
      path: one.id,
      authors: (people[roll()] ?? []).map((id) => ({ id, name: id, at })),
      needs: roll() === 0 && index > 0 ? [`c${index - 1}`] : [],
    }));
    return { changes, view, entries: listEntries(groupChanges({ base, document, changes, catalog }), { changes: view }) };
  });

const needsMet = (entries: readonly ListedEntry[], chosen: ReadonlySet<string>): boolean =>
  entries.every(({ key, needs }) => !chosen.has(key) || [...needs].every((one) => chosen.has(one)));

describe('what is ticked', () => {
  it('is at first only what the person alone made, with all that it needs', () => {
    fc.assert(
      fc.property(lists, ({ entries, view }) => {
        const chosen = firstChoice(entries, 'ana');
        expect(needsMet(entries, chosen)).toBe(true);
        for (const id of chosenIds(entries, chosen)) {
          expect(view.find((one) => one.id === id)?.authors.map((author) => author.id)).toEqual(['ana']);
        }
      }),
    );
  });

  it('can always be published: each tick takes along what is needed, each untick what needs it', () => {
    fc.assert(
      fc.property(lists, fc.array(fc.tuple(fc.nat(20), fc.boolean())), ({ entries }, clicks) => {
        let chosen: ReadonlySet<string> = firstChoice(entries, 'ana');
        for (const [at, isOn] of clicks) {
          const entry = entries[at % Math.max(1, entries.length)];
          if (entry === undefined) continue;
          chosen = withChoice(entries, chosen, { keys: [entry.key], isOn });
          expect(chosen.has(entry.key)).toBe(isOn);
          expect(needsMet(entries, chosen)).toBe(true);
        }
      }),
    );
  });

  it('is a choice among all changes: each is in one sentence, and each sentence under one person', () => {
    fc.assert(
      fc.property(lists, ({ changes, entries }) => {
        const ids = entries.flatMap((entry) => entry.ids);
        expect(ids.toSorted()).toEqual(changes.map(({ id }) => id).toSorted());
        const grouped = groupByAuthor(entries, 'ana').flatMap((group) => group.entries);
        expect(new Set(grouped)).toEqual(new Set(entries));
        expect(grouped).toHaveLength(entries.length);
        const mine = groupByAuthor(entries, 'ana').flatMap((group) => (group.isMine ? group.entries : []));
        expect(mine.every(({ authors }) => authors.length === 1 && authors[0]?.id === 'ana')).toBe(true);
      }),
    );
  });

  it('is forgotten for a sentence that a colleague added something to, or changed again', () => {
    const base = documentOf([{ id: 'a' }], []);
    const keyOf = (document: ReturnType<typeof documentOf>): string =>
      groupChanges({
        base,
        document,
        catalog,
        changes: differenceOf(base, document).map((change, at) => ({ id: `${change.kind}${at}`, change })),
      })[0]?.key ?? '';
    expect(keyOf(documentOf([{ id: 'a' }, { id: 'b' }], []))).not.toBe(keyOf(documentOf([{ id: 'a' }, { id: 'b' }], ['a>b'])));
  });
});
