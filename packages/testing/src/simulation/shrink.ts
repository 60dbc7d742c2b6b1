import { planOf } from './plan-of.ts';
import type { Behaviour, Scenario } from './scenario.ts';

type Document = Scenario['document'];

/** Plays after which what is there is small enough. */
const MOST_PLAYS = 1_000;

/**
 * A smaller scenario that fails too: nodes, edges, items, events, settings and odd answers are left out as long as it does.
 * @param fails whether a scenario still fails; only those that compile are asked about
 */
export async function shrink(scenario: Scenario, fails: (smaller: Scenario) => Promise<boolean>): Promise<Scenario> {
  let best = scenario;
  let plays = 0;
  for (let isSmaller = true; isSmaller && plays < MOST_PLAYS;) {
    isSmaller = false;
    for (const make of candidates(best)) {
      const smaller = make(best);
      if (smaller === null || !compiles(smaller)) continue;
      plays += 1;
      if (!(await fails(smaller))) continue;
      best = smaller;
      isSmaller = true;
    }
  }
  return best;
}

type Smaller = (from: Scenario) => Scenario | null;

/** What may be left out, the largest first. Each looks again whether it is still there. */
function candidates({ document, items, events, behaviours }: Scenario): readonly Smaller[] {
  const nodes = (document.nodes ?? []).filter(({ id }) => id !== 't').map(({ id }) => id);
  return [
    ...nodes.map(
      (id): Smaller =>
        (from) =>
          withoutNode(from, id, false),
    ),
    ...nodes.map(
      (id): Smaller =>
        (from) =>
          withoutNode(from, id, true),
    ),
    ...events.map(
      (event): Smaller =>
        (from) =>
          changed(
            from,
            'events',
            from.events.filter((one) => one !== event),
          ),
    ),
    ...items.map(
      (item): Smaller =>
        (from) =>
          changed(
            from,
            'items',
            from.items.filter((one) => one !== item),
          ),
    ),
    ...(document.edges ?? []).map(
      (edge): Smaller =>
        (from) =>
          withoutEdge(from, edge),
    ),
    ...nodes.map(
      (id): Smaller =>
        (from) =>
          withoutSettings(from, id),
    ),
    ...Object.keys(behaviours).map(
      (id): Smaller =>
        (from) =>
          withUsualAnswers(from, id),
    ),
  ];
}

function changed<K extends 'events' | 'items'>(from: Scenario, key: K, value: Scenario[K]): Scenario | null {
  return value.length === from[key].length ? null : { ...from, [key]: value };
}

function withDocument(from: Scenario, change: Partial<Document>): Scenario {
  return { ...from, document: { ...from.document, ...change } };
}

/** Leaves out a node and what is inside of it, which is drawn after it. @param bridges whether what led to it leads to what followed it */
function withoutNode(from: Scenario, id: string, bridges: boolean): Scenario | null {
  const { nodes = [], edges = [] } = from.document;
  if (!nodes.some((one) => one.id === id)) return null;
  const gone = new Set([id]);
  for (const { id: inner, parent } of nodes) if (parent !== undefined && parent !== null && gone.has(parent)) gone.add(inner);
  const left = edges.filter((edge) => !gone.has(edge.from) && !gone.has(edge.to));
  const before = edges.filter((edge) => edge.to === id && !gone.has(edge.from));
  const after = edges.filter((edge) => edge.from === id && !gone.has(edge.to));
  const bridged = bridges ? before.flatMap((one) => after.map((two) => ({ ...two, from: one.from, output: one.output }))) : [];
  if (bridges && bridged.length === 0) return null;
  return withDocument(from, { nodes: nodes.filter((one) => !gone.has(one.id)), edges: [...left, ...bridged.filter(isNew(left))] });
}

function isNew(edges: readonly unknown[]): (edge: unknown) => boolean {
  const known = new Set(edges.map((edge) => JSON.stringify(edge)));
  return (edge) => known.size !== known.add(JSON.stringify(edge)).size;
}

function withoutEdge(from: Scenario, edge: NonNullable<Document['edges']>[number]): Scenario | null {
  const { edges = [] } = from.document;
  const left = edges.filter((one) => JSON.stringify(one) !== JSON.stringify(edge));
  return left.length === edges.length ? null : withDocument(from, { edges: left });
}

function withoutSettings(from: Scenario, id: string): Scenario | null {
  const { nodes = [] } = from.document;
  const node = nodes.find((one) => one.id === id);
  if (node === undefined || JSON.stringify(node.settings ?? {}) === '{}') return null;
  return withDocument(from, { nodes: nodes.map((one) => (one === node ? { ...one, settings: {} } : one)) });
}

function withUsualAnswers(from: Scenario, id: string): Scenario | null {
  const { [id]: behaviour, ...others } = from.behaviours;
  if (behaviour === undefined || !(from.document.nodes ?? []).some((one) => one.id === id))
    return behaviour === undefined ? null : { ...from, behaviours: others };
  const usual: Behaviour = { answers: behaviour.answers.map(() => [{ kind: 'done', count: 1 }]), slowness: 0 };
  return JSON.stringify(usual) === JSON.stringify(behaviour) ? null : { ...from, behaviours: { ...others, [id]: usual } };
}

function compiles({ document }: Scenario): boolean {
  try {
    planOf(document);
    return true;
  } catch {
    return false;
  }
}
