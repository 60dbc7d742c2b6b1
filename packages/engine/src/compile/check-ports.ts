import { isJsonObject, type JsonValue } from '@millwright/core';
import type { NodeTypeInfo, Problem, WorkflowNode } from '@millwright/workflow';
import { parameterOf } from './catalog-fields.ts';
import { inputPorts, type Drawing } from './drawing.ts';
import { walk } from './walk.ts';

/** What is wrong with the ports that parameters make, and inputs that can never come together. */
export function checkPorts(drawing: Drawing): Problem[] {
  const ways = waysOf(drawing);
  return drawing.nodes.flatMap((node) => {
    const info = drawing.types.get(node.id);
    if (info === undefined || !drawing.reached.has(node.id)) return [];
    return [...checkEntries(node, info), ...checkRelease(drawing, { node, info }, ways)];
  });
}

/** Entries of the list that makes outputs need an id and a name of their own. */
function checkEntries(node: WorkflowNode, info: NodeTypeInfo): Problem[] {
  const from = info.outputsFrom;
  const listed = from === undefined ? undefined : parameterOf(node, info, from.parameter);
  if (from === undefined || !Array.isArray(listed)) return [];
  const fixed = new Set(['error', ...info.outputs.map((port) => port.name)]);
  const seen = { [from.name]: new Set<JsonValue>(), [from.title]: new Set<JsonValue>() };
  return listed.flatMap((entry: JsonValue, index) => {
    const problems: Problem[] = [];
    for (const key of [from.name, from.title]) {
      const value = isJsonObject(entry) ? entry[key] : undefined;
      if (typeof value !== 'string' || value === '') continue;
      if (seen[key]?.has(value) === true || (key === from.name && fixed.has(value)))
        problems.push(repeated(node, { field: `parameters.${from.parameter}[${index}].${key}`, value }));
      seen[key]?.add(value);
    }
    return problems;
  });
}

function repeated(node: WorkflowNode, { field, value }: { readonly field: string; readonly value: string }): Problem {
  return {
    code: 'port_duplicate',
    level: 'error',
    nodeId: node.id,
    field,
    text: `"${value}" names another output of this step already.`,
    hint: 'Give each output a name of its own.',
    values: { port: value },
  };
}

/** What each trigger leads to. */
interface Ways {
  readonly all: readonly { readonly trigger: string; readonly reached: ReadonlySet<string> }[];
  /** Nodes that may be on a way back to themselves. */
  readonly round: ReadonlySet<string>;
}

function waysOf(drawing: Drawing): Ways {
  const all = drawing.triggers.map(({ id }) => ({ trigger: id, reached: walk([id], drawing.outgoing, new Set()) }));
  const left = new Map(drawing.nodes.map(({ id }) => [id, drawing.incoming.get(id)?.length ?? 0]));
  const open = [...left].flatMap(([id, count]) => (count === 0 ? [id] : []));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    left.delete(id);
    for (const { to } of drawing.outgoing.get(id) ?? []) {
      const count = (left.get(to) ?? 0) - 1;
      left.set(to, count);
      if (count === 0) open.push(to);
    }
  }
  return { all, round: new Set(left.keys()) };
}

/** A required input is of use only if some trigger leads to all of them: a run starts at one trigger. */
function checkRelease(
  drawing: Drawing,
  { node, info }: { readonly node: WorkflowNode; readonly info: NodeTypeInfo },
  ways: Ways,
): Problem[] {
  const incoming = drawing.incoming.get(node.id) ?? [];
  const ports = inputPorts(node, info).filter((port) => port.inner === undefined && port.required !== false);
  const wired = ports.filter((port) => incoming.some((edge) => edge.input === port.name));
  if (wired.length === 0 || new Set(incoming.map((edge) => edge.input)).size < 2) return [];
  const missing = ways.all.map(({ trigger, reached }) => {
    const before = ways.round.has(node.id) ? walk([trigger], drawing.outgoing, new Set([node.id])) : reached;
    const fed = (port: string): boolean => incoming.some((edge) => edge.input === port && before.has(edge.from));
    return incoming.some((edge) => before.has(edge.from)) ? wired.find((port) => !fed(port.name)) : null;
  });
  const [first] = missing.filter((port) => port !== null);
  if (first === undefined || missing.some((port) => port === undefined)) return [];
  return [
    {
      code: 'merge_never_released',
      level: 'error',
      nodeId: node.id,
      field: `inputs.${first.name}`,
      text: `This step waits for its input "${first.title}", but in no run do all its inputs get items.`,
      hint: 'A run starts at one trigger. Lead all inputs back to the same one, or use two steps.',
      values: { port: first.name },
    },
  ];
}
