import type { DraftChangeView, WorkflowChangesView } from '@millwright/contracts';
import type { ChangeEntry } from './group-changes.ts';

/** Somebody who made a change. */
type Author = DraftChangeView['authors'][number];

/** A sentence with who made its changes, and the sentences that it cannot be published without. */
export interface ListedEntry extends ChangeEntry {
  /** The last first; empty: not everything in it has a known author. */
  readonly authors: readonly Author[];
  /** Keys of entries, with what they need in turn. */
  readonly needs: ReadonlySet<string>;
}

/** Entries of one person, or of nobody known. */
export interface EntryGroup {
  /** Null: it is not known who made these. */
  readonly author: Author | null;
  readonly isMine: boolean;
  readonly entries: readonly ListedEntry[];
}

/** Everybody behind a change, once; where one part has no known author, nobody is named. */
function authorsOf(ids: readonly string[], changes: ReadonlyMap<string, DraftChangeView>): readonly Author[] {
  const lists = ids.map((id) => changes.get(id)?.authors ?? []);
  if (lists.some((list) => list.length === 0)) return [];
  const latest = lists.flat().toSorted((a, b) => b.at.localeCompare(a.at));
  return latest.filter((author, at) => latest.findIndex(({ id }) => id === author.id) === at);
}

/** What entries need, followed to the end. */
function closure(key: string, direct: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const found = new Set<string>(direct.get(key));
  // A set grows while it is walked.
  for (const one of found) for (const next of direct.get(one) ?? []) found.add(next);
  found.delete(key);
  return found;
}

/** Sentences with their authors and needs. */
export function listEntries(entries: readonly ChangeEntry[], { changes }: Pick<WorkflowChangesView, 'changes'>): readonly ListedEntry[] {
  const byId = new Map(changes.map((change) => [change.id, change]));
  const keyOf = new Map(entries.flatMap((entry) => entry.ids.map((id) => [id, entry.key] as const)));
  const direct = new Map(
    entries.map((entry) => {
      const needed = entry.ids.flatMap((id) => byId.get(id)?.needs ?? []).flatMap((id) => keyOf.get(id) ?? []);
      return [entry.key, new Set(needed.filter((key) => key !== entry.key))] as const;
    }),
  );
  return entries.map((entry) => ({ ...entry, authors: authorsOf(entry.ids, byId), needs: closure(entry.key, direct) }));
}

/** Whether somebody alone made an entry. */
export function isOnlyBy({ authors }: ListedEntry, userId: string): boolean {
  return authors.length > 0 && authors.every(({ id }) => id === userId);
}

/** By person: mine first, then colleagues by who was there last, then what nobody is known for. What I share with a colleague is hers. */
export function groupByAuthor(entries: readonly ListedEntry[], userId: string): readonly EntryGroup[] {
  const ownerOf = (entry: ListedEntry): Author | null => entry.authors.find(({ id }) => id !== userId) ?? entry.authors[0] ?? null;
  const groups = [...Map.groupBy(entries, (entry) => ownerOf(entry)?.id ?? '').values()].map((list): EntryGroup => {
    const author = list[0] === undefined ? null : ownerOf(list[0]);
    return { author, isMine: author?.id === userId, entries: list };
  });
  const place = ({ author, isMine }: EntryGroup): number => (isMine ? 0 : author === null ? 2 : 1);
  return groups.toSorted((a, b) => place(a) - place(b));
}

/** What is ticked when the list is first shown: what I alone made, where it needs nothing of anybody else. */
export function firstChoice(entries: readonly ListedEntry[], userId: string): ReadonlySet<string> {
  const mine = new Set(entries.filter((entry) => isOnlyBy(entry, userId)).map(({ key }) => key));
  return new Set(entries.filter(({ key, needs }) => mine.has(key) && [...needs].every((one) => mine.has(one))).map(({ key }) => key));
}

/** Ticks entries with all that they need, or unticks them with all that needs them. */
export function withChoice(
  entries: readonly ListedEntry[],
  chosen: ReadonlySet<string>,
  { keys, isOn }: { readonly keys: readonly string[]; readonly isOn: boolean },
): ReadonlySet<string> {
  const next = new Set(chosen);
  const wanted = new Set(keys);
  for (const entry of entries) {
    if (isOn && wanted.has(entry.key)) for (const key of [entry.key, ...entry.needs]) next.add(key);
    if (!isOn && (wanted.has(entry.key) || [...entry.needs].some((key) => wanted.has(key)))) next.delete(entry.key);
  }
  return next;
}

/** Ids of the changes of the ticked entries. */
export function chosenIds(entries: readonly ListedEntry[], chosen: ReadonlySet<string>): readonly string[] {
  return entries.filter(({ key }) => chosen.has(key)).flatMap(({ ids }) => ids);
}
