import type { WorkflowDocument } from '@millwright/workflow';
import { edgeKey } from '@millwright/workflow/draft';

/** Something that a person did to one place of a document, as the person knows it: no store is asked. */
export interface Entry {
  readonly who: string;
  /** `id` for whether a step is there, `id.name`, `id.url`, `id.disabled`; the key of a line for whether it is there, `key.label`. */
  readonly place: string;
  /** What stands there afterwards; `null`: nothing. */
  readonly value: string | null;
  /** When it was begun, and when the server had it and had told the others, ms. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Up to when the person knew what others had done: the beginning, or for who is offline when that began, ms. */
  readonly knewMs: number;
}

/** What stands at each place of a document. */
export function placesOf(document: Pick<WorkflowDocument, 'nodes' | 'edges'>): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const { id, name, parameters, settings } of document.nodes) {
    places.set(id, 'there');
    places.set(`${id}.name`, name);
    places.set(`${id}.disabled`, String(settings.disabled));
    if (typeof parameters['url'] === 'string') places.set(`${id}.url`, parameters['url']);
  }
  for (const edge of document.edges) {
    const key = edgeKey(edge);
    places.set(key, 'there');
    if (edge.label !== undefined) places.set(`${key}.label`, edge.label);
  }
  return places;
}

/** The steps that a line joins; none for a place that is no line. */
export function endsOfLine(place: string): readonly string[] {
  const [, from, to] = /^([^:.]+):[^:.]+->([^:.]+):[^:.]+$/.exec(place) ?? [];
  return from === undefined || to === undefined ? [] : [from, to];
}

/** Whether somebody replaced what stood there: the same person later, or another one who knew of it. */
function replaces(later: Entry, entry: Entry): boolean {
  return later.who === entry.who ? later.fromMs > entry.fromMs : later.knewMs > entry.toMs;
}

/** What may stand at a place in the end: everything that nobody replaced. */
function candidates(entries: readonly Entry[], first: string | null): ReadonlySet<string | null> {
  const open = entries.filter((entry) => !entries.some((later) => replaces(later, entry)));
  const values = new Set(open.map((entry) => entry.value));
  if (entries.length === 0) values.add(first);
  return values;
}

/**
 * Compares a document with what people say they did to it.
 * @returns what does not fit, in words; empty where all is well
 */
export function complaints(
  first: ReadonlyMap<string, string>,
  entries: readonly Entry[],
  last: ReadonlyMap<string, string>,
): readonly string[] {
  const places = new Set([...first.keys(), ...last.keys(), ...entries.map((entry) => entry.place)]);
  return [...places].flatMap((place) => {
    const [id = '', field] = place.split('.');
    // What belonged to a step that is gone went with it.
    if (field !== undefined && !last.has(id)) return [];
    // A line goes with its steps, and comes back with them where it can; what was written at it is looked at when it is there.
    if (endsOfLine(place).some((end) => entries.some((entry) => entry.place === end))) return [];
    const own = entries.filter((entry) => entry.place === place);
    const allowed = candidates(own, first.get(place) ?? null);
    const value = last.get(place) ?? null;
    if (allowed.has(value)) return [];
    // A field of a step that somebody added begins with what the step began with.
    if (own.length === 0 && !first.has(id)) return [];
    const story = own.map((entry) => `${entry.who} → ${entry.value ?? 'nothing'}`).join('; ');
    return [
      `${place} is ${value ?? 'nothing'}; it may be ${[...allowed].map((one) => one ?? 'nothing').join(' or ')} (${story || 'untouched'})`,
    ];
  });
}

/** What an undo of one person took from another: places that held the other's text and hold something else now. */
export function takenFromOthers(who: string, before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...before].flatMap(([place, value]) => {
    const isOthers = value.includes(' by ') && !value.includes(` by ${who}`);
    const [id = ''] = place.split('.');
    return isOthers && after.has(id) && after.get(place) !== value ? [`${place}: ${value} → ${after.get(place) ?? 'nothing'}`] : [];
  });
}
