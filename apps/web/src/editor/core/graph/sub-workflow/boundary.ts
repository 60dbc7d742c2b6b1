import type { Edge, NodeTypeCatalog, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import { layoutOf } from '../layout.ts';
import { outputsOf, isInner } from '../edges/ports.ts';
import { withContent } from '../removal.ts';

/** Why steps cannot become a workflow of their own, or a call its steps again; the interface has a sentence for each. */
export type SubWorkflowRefusal =
  | 'empty'
  | 'trigger'
  | 'respond'
  | 'unknownType'
  | 'halfContainer'
  | 'noEntry'
  | 'entries'
  | 'exits'
  | 'cycle'
  | 'reads'
  | 'program'
  | 'unreadable'
  | 'noCall'
  | 'notWaited'
  | 'guarded'
  | 'noTrigger';

/** A refusal, and the step that is to blame where there is one. */
export interface Refused {
  readonly refusal: SubWorkflowRefusal;
  readonly nodeId?: string;
}

/** An output that lines lead out of. */
interface Exit {
  readonly from: string;
  readonly output: string;
}

/** A selection that can stand for itself: what leads in, what leads out, and the level that it lies on. */
export interface Boundary {
  readonly nodes: readonly WorkflowNode[];
  readonly ids: ReadonlySet<string>;
  /** The container around all of it; null for none. */
  readonly parent: string | null;
  readonly into: readonly Edge[];
  readonly out: readonly Edge[];
  readonly exit: Exit | null;
  /** Steps that no other selected step holds. */
  readonly roots: readonly WorkflowNode[];
}

function distinct(ends: readonly string[]): number {
  return new Set(ends).size;
}

/** Whether a way leads out of the selection and back into it. */
function leadsBack(document: WorkflowDocument, { ids, out, parent }: Pick<Boundary, 'ids' | 'out' | 'parent'>): boolean {
  const seen = new Set<string>();
  // What reaches the container around has left its inside.
  for (let front = out.map(({ to }) => to); front.length > 0;) {
    const next: string[] = [];
    for (const id of front) {
      if (id === parent || seen.has(id)) continue;
      seen.add(id);
      for (const edge of document.edges) {
        if (edge.from !== id) continue;
        if (ids.has(edge.to)) return true;
        next.push(edge.to);
      }
    }
    front = next;
  }
  return false;
}

function typeRefusal(catalog: NodeTypeCatalog, nodes: readonly WorkflowNode[]): Refused | null {
  for (const { id, type, version } of nodes) {
    const info = catalog.get(type, version);
    if (info === undefined) return { refusal: 'unknownType', nodeId: id };
    if (info.kind === 'trigger') return { refusal: 'trigger', nodeId: id };
    if (type === 'core.respond') return { refusal: 'respond', nodeId: id };
  }
  return null;
}

/** Where a selection meets the rest; or why it cannot be cut out. Containers come with what they hold. */
export function boundaryOf(document: WorkflowDocument, catalog: NodeTypeCatalog, chosen: ReadonlySet<string>): Boundary | Refused {
  const whole = withContent(document, catalog, chosen);
  const nodes = document.nodes.filter((node) => whole.has(node.id));
  if (nodes.length === 0) return { refusal: 'empty' };
  const refused = typeRefusal(catalog, nodes);
  if (refused) return refused;
  const ids = new Set(nodes.map((node) => node.id));
  const { parentOf } = layoutOf(document, catalog);
  const roots = nodes.filter((node) => !ids.has(parentOf(node.id) ?? ''));
  const levels = new Set(roots.map((node) => parentOf(node.id)));
  if (levels.size > 1) return { refusal: 'halfContainer' };
  const [parent = null] = levels;
  const into = document.edges.filter((edge) => !ids.has(edge.from) && ids.has(edge.to));
  const out = document.edges.filter((edge) => ids.has(edge.from) && !ids.has(edge.to));
  if (into.length === 0) return { refusal: 'noEntry' };
  if (leadsBack(document, { ids, out, parent })) return { refusal: 'cycle' };
  // Every source leads to every entry: then one line into the call says the same.
  const [sources, entries] = [
    distinct(into.map((edge) => `${edge.from} ${edge.output}`)),
    distinct(into.map((edge) => `${edge.to} ${edge.input}`)),
  ];
  if (into.length !== sources * entries) return { refusal: 'entries' };
  if (distinct(out.map((edge) => `${edge.from} ${edge.output}`)) > 1) return { refusal: 'exits' };
  const [first] = out;
  return { nodes, ids, parent, into, out, exit: first ? { from: first.from, output: first.output } : null, roots };
}

/**
 * Whether what the last step gives is what leaves the selection, whatever happens inside: a row of steps with one way out each.
 * Otherwise a frame around it collects what leaves.
 */
export function isRow(document: WorkflowDocument, catalog: NodeTypeCatalog, { roots, ids, exit }: Boundary): boolean {
  const inner = document.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to));
  return roots.every((node) => {
    const outputs = outputsOf(node, catalog.get(node.type, node.version)).filter((port) => !isInner(port));
    const goesOn = inner.some((edge) => edge.from === node.id && roots.some(({ id }) => id === edge.to));
    const joins = inner.filter((edge) => edge.to === node.id && roots.some(({ id }) => id === edge.from));
    return outputs.length === 1 && joins.length <= 1 && (goesOn || node.id === exit?.from);
  });
}

/** Types of ours that work item by item; those of apps do. */
const ITEM_BY_ITEM: ReadonlySet<string> = new Set([
  'core.editFields',
  'core.filter',
  'core.if',
  'core.noOp',
  'core.splitOut',
  'core.switch',
  'http.request',
]);

/** Roots that look at more than the item at hand. */
const WHOLE_LIST = /\$(?:items|input|itemIndex|runIndex)\b|\.(?:first|last|all)\(/;

/** Whether steps give for each item what they would give for it alone. Only what is known to is trusted. */
export function isItemByItem(catalog: NodeTypeCatalog, nodes: readonly WorkflowNode[]): boolean {
  return nodes.every((node) => {
    const info = catalog.get(node.type, node.version);
    const isKnown = ITEM_BY_ITEM.has(node.type) || (info?.kind === 'action' && !node.type.startsWith('core.') && info.once.length === 0);
    return isKnown && !node.settings.executeOnce && !node.settings.alwaysOutput && !WHOLE_LIST.test(JSON.stringify(node.parameters));
  });
}
