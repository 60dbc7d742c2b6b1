import type { draftChanges } from '@millwright/db';
import { parseDocument, type WorkflowDocument } from '@millwright/workflow';
import { differenceOf } from '@millwright/workflow/difference';
import { applyDocument, createDraft, readDraft } from '@millwright/workflow/draft';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { authorsOf } from '../publish/authors.ts';
import { ChangeAuthors } from './change-authors.ts';

const PEOPLE = ['ana', 'ben'] as const;
type Person = (typeof PEOPLE)[number];

function authorOf(origin: unknown): Person | null {
  return PEOPLE.find((person) => person === origin) ?? null;
}

function node(id: string, url: string): WorkflowDocument['nodes'][number] {
  return documentOf([{ id, name: id, type: 'http.request', version: 1, position: [0, 0], parameters: { url } }]).nodes[0] as never;
}

function documentOf(nodes: readonly unknown[], rest: object = {}): WorkflowDocument {
  return parseDocument({ format: 'millwright.workflow/1', name: 'Leads', nodes, ...rest });
}

/** One edit: of the document that the person sees. */
const EDITS = {
  url: (document: WorkflowDocument, id: string, value: string) => ({
    ...document,
    nodes: document.nodes.map((one) => (one.id === id ? { ...one, parameters: { ...one.parameters, url: value } } : one)),
  }),
  credential: (document: WorkflowDocument, id: string, value: string) => ({
    ...document,
    nodes: document.nodes.map((one) => (one.id === id ? { ...one, credentials: { auth: value } } : one)),
  }),
  note: (document: WorkflowDocument, id: string, value: string) => ({
    ...document,
    nodes: document.nodes.map((one) => (one.id === id ? { ...one, settings: { ...one.settings, notes: value } } : one)),
  }),
  rename: (document: WorkflowDocument, id: string, value: string) => ({
    ...document,
    nodes: document.nodes.map((one) => (one.id === id ? { ...one, name: value } : one)),
  }),
  move: (document: WorkflowDocument, id: string, value: string) => ({
    ...document,
    nodes: document.nodes.map((one) => (one.id === id ? { ...one, position: [Number(value.slice(1)), 1] as [number, number] } : one)),
  }),
  remove: (document: WorkflowDocument, id: string) => ({
    ...document,
    nodes: document.nodes.filter((one) => one.id !== id),
    edges: document.edges.filter((edge) => edge.from !== id && edge.to !== id),
  }),
  add: (document: WorkflowDocument, id: string, value: string) =>
    document.nodes.some((one) => one.id === id) ? document : { ...document, nodes: [...document.nodes, node(id, value)] },
  join: (document: WorkflowDocument, id: string) => {
    const edge = { from: 'a', output: 'main', to: id, input: 'main' };
    const isThere = document.edges.some((one) => one.to === id);
    const hasEnds = ['a', id].every((end) => document.nodes.some((one) => one.id === end));
    return isThere || !hasEnds ? document : { ...document, edges: [...document.edges, edge] };
  },
  timezone: (document: WorkflowDocument, _id: string, value: string) => ({
    ...document,
    settings: { ...document.settings, timezone: value },
  }),
  name: (document: WorkflowDocument, _id: string, value: string) => ({ ...document, name: value }),
};

const edits = fc.array(
  fc.record({
    by: fc.constantFrom(...PEOPLE),
    what: fc.constantFrom(...(Object.keys(EDITS) as (keyof typeof EDITS)[])),
    id: fc.constantFrom('a', 'b', 'c'),
    value: fc.constantFrom('v1', 'v2', 'v3'),
    saves: fc.boolean(),
  }),
  { maxLength: 25 },
);

/** As Postgres keeps it: one row per path and person. */
function keep(rows: Map<string, draftChanges.KnownTouch>, touches: readonly draftChanges.Touch[]): void {
  for (const touch of touches) rows.set(`${touch.userId} ${touch.path}`, { ...touch, settled: false });
}

describe('who changed what', () => {
  it('is known for every change, by whom and by nobody else, however two people take turns between saves', () => {
    fc.assert(
      fc.property(edits, (list) => {
        const before = documentOf([node('a', 'v0'), node('b', 'v0')]);
        const live = createDraft(before);
        const authors = new ChangeAuthors(live, authorOf);
        const rows = new Map<string, draftChanges.KnownTouch>();
        // What each path was when each person had changed it: who really touched it.
        const touchedBy = new Map<string, Set<Person>>();
        for (const { by, what, id, value, saves } of list) {
          const was = readDraft(live);
          applyDocument(live, EDITS[what](was, id, value), by);
          for (const change of differenceOf(was, readDraft(live))) {
            const key = JSON.stringify(authorsKey(change));
            touchedBy.set(key, new Set([...(touchedBy.get(key) ?? []), by]));
          }
          if (saves) keep(rows, authors.take());
        }
        keep(rows, authors.take());
        const changes = differenceOf(before, readDraft(live));
        const found = authorsOf(changes, [...rows.values()]);
        changes.forEach((change, at) => {
          const people = (found[at] ?? []).map(({ userId }) => userId);
          expect(people.length).toBeGreaterThan(0);
          const really = touchedBy.get(JSON.stringify(authorsKey(change))) ?? new Set();
          for (const person of really) expect(people).toContain(person);
          // A person who never touched the node, or its ends, is never named.
          const near = nearOf(change);
          const strangers = people.filter((person) => near !== null && !list.some((one) => one.by === person && near.has(one.id)));
          expect(strangers).toEqual([]);
        });
      }),
    );
  });

  it('knows what was sent by another person in the same window, and what another process stored is nobody’s here', () => {
    const live = createDraft(documentOf([node('a', 'v0'), node('b', 'v0')]));
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(live));
    const authors = new ChangeAuthors(live, authorOf);
    applyDocument(live, EDITS.url(readDraft(live), 'a', 'by ana'), 'ana');
    applyDocument(other, EDITS.url(readDraft(other), 'b', 'by ben'), 'ben');
    Y.applyUpdate(live, Y.encodeStateAsUpdate(other), 'ben');
    applyDocument(live, EDITS.name(readDraft(live), '', 'merged'), 'stored');
    expect(authors.take().map(({ path, userId }) => [path, userId])).toEqual([
      ['nodes/a/parameters/url', 'ana'],
      ['nodes/b/parameters/url', 'ben'],
    ]);
    expect(authors.take()).toEqual([]);
  });

  it('knows who labelled a line, also one that somebody else has just drawn', () => {
    const before = documentOf([node('a', 'v0'), node('b', 'v0')]);
    const live = createDraft(before);
    const authors = new ChangeAuthors(live, authorOf);
    const label = (text: string, by: Person): void => {
      const now = readDraft(live);
      applyDocument(live, { ...now, edges: now.edges.map((edge) => ({ ...edge, label: text })) }, by);
    };
    const namesOf = (from: WorkflowDocument, rows: readonly draftChanges.Touch[]): readonly string[] => {
      const changes = differenceOf(from, readDraft(live));
      const found = authorsOf(
        changes,
        rows.map((touch) => ({ ...touch, settled: false })),
      );
      return changes.map(
        ({ kind }, at) =>
          `${kind} ${(found[at] ?? [])
            .map(({ userId }) => userId)
            .toSorted()
            .join(' ')}`,
      );
    };
    applyDocument(live, EDITS.join(readDraft(live), 'b'), 'ana');
    label('Paid', 'ben');
    expect(namesOf(before, authors.take())).toEqual(['edgeAdded ana ben']);
    const drawn = readDraft(live);
    label('Open', 'ana');
    expect(namesOf(drawn, authors.take())).toEqual(['edgeLabelChanged ana']);
  });

  it('keeps what could not be stored for the next time, and what was touched since', () => {
    const live = createDraft(documentOf([node('a', 'v0')]));
    const authors = new ChangeAuthors(live, authorOf);
    applyDocument(live, EDITS.url(readDraft(live), 'a', 'x'), 'ana');
    const taken = authors.take();
    applyDocument(live, EDITS.rename(readDraft(live), 'a', 'y'), 'ben');
    authors.giveBack(taken);
    expect(
      authors
        .take()
        .map(({ path, userId }) => `${userId} ${path}`)
        .toSorted(),
    ).toEqual(['ana nodes/a/parameters/url', 'ben nodes/a/name']);
  });

  it('of a parameter whose name no table takes counts for the parameters of its step', () => {
    const live = createDraft(documentOf([node('a', 'v0')]));
    const authors = new ChangeAuthors(live, authorOf);
    const odd = { ['x'.repeat(2000)]: 1, ['\u0000']: 2, ['\ud800']: 3 };
    const document = readDraft(live);
    applyDocument(live, { ...document, nodes: document.nodes.map((one) => ({ ...one, parameters: odd })) }, 'ana');
    expect(authors.take().map(({ path }) => path)).toEqual(expect.arrayContaining(['nodes/a/parameters']));
  });
});

type Change = ReturnType<typeof differenceOf>[number];

/** What a change is about, whichever way it went. */
function authorsKey(change: Change): readonly string[] {
  if ('edge' in change) return ['edge', change.edge.from, change.edge.to];
  if ('nodeId' in change)
    return [change.kind === 'nodeRemoved' ? 'nodeAdded' : change.kind, change.nodeId, 'key' in change ? change.key : ''];
  return [change.kind, 'key' in change ? change.key : ''];
}

function nearOf(change: Change): ReadonlySet<string> | null {
  if ('edge' in change) return new Set([change.edge.from, change.edge.to]);
  return 'nodeId' in change ? new Set([change.nodeId]) : null;
}
