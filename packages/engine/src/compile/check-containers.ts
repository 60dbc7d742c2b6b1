import { portsOf, type Edge, type PortInfo, type Problem, type WorkflowNode } from '@millwright/workflow';
import type { JsonObject } from '@millwright/core';
import type { Drawing } from './drawing.ts';

/** What is wrong with containers, and with what they hold. */
export function checkContainers(drawing: Drawing): Problem[] {
  return [
    ...drawing.nodes.flatMap((node) => [...checkParent(drawing, node), ...checkContainer(drawing, node), ...checkPolicies(drawing, node)]),
    ...drawing.edges.flatMap((edge) => checkBorder(drawing, edge)),
    ...drawing.nodes.flatMap((node) => checkPhases(drawing, node)),
  ];
}

/** Whether an edge ends at an inner input of a container: it is the way out of the inside. */
export function leadsOut(drawing: Pick<Drawing, 'byId' | 'types'>, edge: Edge): boolean {
  return isInner(drawing, { nodeId: edge.to, port: edge.input, side: 'inputs' });
}

interface PortPlace {
  readonly nodeId: string;
  readonly port: string;
  readonly side: 'inputs' | 'outputs';
}

function isInner({ byId, types }: Pick<Drawing, 'byId' | 'types'>, { nodeId, port, side }: PortPlace): boolean {
  const node = byId.get(nodeId);
  const info = types.get(nodeId);
  if (node === undefined || info?.container !== true) return false;
  return portsOf(info, node.parameters as JsonObject)[side].some((one) => one.name === port && one.inner === true);
}

function checkParent(drawing: Drawing, node: WorkflowNode): Problem[] {
  const parent = node.parent === null ? undefined : drawing.byId.get(node.parent);
  const parentType = node.parent === null ? undefined : drawing.types.get(node.parent);
  if (parent === undefined || parentType === undefined) return [];
  const place = { level: 'error', nodeId: node.id, field: 'parent', values: { id: parent.id, name: parent.name } } as const;
  if (parentType.container !== true)
    return [
      {
        ...place,
        code: 'parent_not_container',
        text: `"${parent.name}" cannot hold other steps.`,
        hint: 'Move this step out of it.',
      },
    ];
  const chain = parentsOf(drawing, node);
  if (chain === null)
    return [{ ...place, code: 'parent_cycle', text: 'This step is inside itself.', hint: 'Move one of the sections out of the other.' }];
  if (drawing.types.get(node.id)?.kind === 'trigger')
    return [
      { ...place, code: 'trigger_in_container', text: `A trigger cannot be inside "${parent.name}".`, hint: 'Move the trigger out of it.' },
    ];
  const map = node.type === 'core.respond' ? chain.find((one) => one.type === 'core.map') : undefined;
  if (map === undefined) return [];
  return [
    {
      ...place,
      code: 'respond_in_map',
      text: `"${map.name}" runs this step once per item, but a webhook is answered once.`,
      hint: 'Move it behind the section, or before it.',
    },
  ];
}

/** The containers around a node, the nearest first; null when they are inside one another. */
function parentsOf({ byId }: Drawing, node: WorkflowNode): readonly WorkflowNode[] | null {
  const chain: WorkflowNode[] = [];
  for (let at = node.parent; at !== null;) {
    const parent = byId.get(at);
    if (parent === undefined) return chain;
    if (parent.id === node.id || chain.includes(parent)) return null;
    chain.push(parent);
    at = parent.parent;
  }
  return chain;
}

function checkContainer(drawing: Drawing, node: WorkflowNode): Problem[] {
  const info = drawing.types.get(node.id);
  if (info?.container !== true || node.settings.disabled) return [];
  const { inputs, outputs } = portsOf(info, node.parameters as JsonObject);
  const place = { nodeId: node.id, values: { name: node.name } };
  if (!drawing.nodes.some((one) => one.parent === node.id))
    return [
      {
        ...place,
        code: 'container_empty',
        level: 'error',
        text: `There is nothing inside "${node.name}".`,
        hint: 'Put a step into it, or delete it.',
      },
    ];
  const own = drawing.outgoing.get(node.id) ?? [];
  const isLed = (port: PortInfo | undefined): boolean => port !== undefined && own.some((edge) => edge.output === port.name);
  const entry = outputs.find((port) => port.inner === true);
  if (entry !== undefined && !isLed(entry))
    return [
      {
        ...place,
        code: 'container_entry_missing',
        level: 'error',
        field: `outputs.${entry.name}`,
        text: `No line leads into "${node.name}": the steps inside never run.`,
        hint: `Draw a line from "${entry.title}" to the first step inside.`,
      },
    ];
  const exit = inputs.find((port) => port.inner === true);
  const isLeft = drawing.edges.some((edge) => edge.to === node.id && edge.input === exit?.name);
  if (exit === undefined || isLeft || !isLed(outputs.find((port) => port.name === 'main'))) return [];
  return [
    {
      ...place,
      code: 'container_exit_missing',
      level: 'warning',
      field: `inputs.${exit.name}`,
      text: `No line leads out of "${node.name}": the steps after it never run.`,
      hint: `Draw a line from the last step inside to "${exit.title}".`,
    },
  ];
}

/** Sections have no tries of their own, and what waits or decides no time limit: what is set there would be believed, and do nothing. */
function checkPolicies({ types }: Drawing, { id, name, settings }: WorkflowNode): Problem[] {
  const info = types.get(id);
  const unused = info?.container === true ? (['retry', 'timeoutMs'] as const) : info?.kind === 'control' ? (['timeoutMs'] as const) : [];
  return unused
    .filter((field) => settings[field] !== null)
    .map((field) => ({
      code: 'setting_unused',
      level: 'warning',
      nodeId: id,
      field: `settings.${field}`,
      text: field === 'retry' ? `"${name}" is not tried again: retries do nothing there.` : `"${name}" keeps to no time limit of its own.`,
      hint: 'Set it on the steps inside, or give the workflow that runs a time limit.',
      values: { name },
    }));
}

/** Edges lead from sibling to sibling, or through an inner port from a container to what it holds and back. */
function checkBorder(drawing: Drawing, edge: Edge): Problem[] {
  const from = drawing.byId.get(edge.from);
  const to = drawing.byId.get(edge.to);
  if (from === undefined || to === undefined) return [];
  const source = isInner(drawing, { nodeId: from.id, port: edge.output, side: 'outputs' }) ? from.id : from.parent;
  const target = leadsOut(drawing, edge) ? to.id : to.parent;
  if (source === target && !(source === from.id && target === to.id)) return [];
  return [
    {
      code: 'edge_crosses_border',
      level: 'error',
      nodeId: to.id,
      field: 'edges',
      text: `The line from "${from.name}" to "${to.name}" crosses the border of a section.`,
      hint: 'Lead it through the ports on the inner side of the section, or move one of the steps.',
      values: { from: from.name, to: to.name },
    },
  ];
}

/** A node inside whose required inputs are fed in different phases of its container never has them all. */
function checkPhases(drawing: Drawing, node: WorkflowNode): Problem[] {
  const info = drawing.types.get(node.id);
  if (node.parent === null || info === undefined) return [];
  const required = portsOf(info, node.parameters as JsonObject).inputs.filter((port) => port.required !== false && port.inner !== true);
  const phases = required.map((port) => phasesOf(drawing, { nodeId: node.id, port: port.name, side: 'inputs' }));
  const [first, ...rest] = phases.filter((one) => one.size > 0);
  if (first === undefined || rest.length === 0 || [...first].some((phase) => rest.every((one) => one.has(phase)))) return [];
  return [
    {
      code: 'merge_never_released',
      level: 'error',
      nodeId: node.id,
      field: 'inputs',
      text: `"${node.name}" waits for items of different parts of its section, which never run together.`,
      hint: 'Lead only steps of one part into it.',
      values: { name: node.name },
    },
  ];
}

/** The entries of its container from which items reach an input. */
function phasesOf(drawing: Drawing, { nodeId, port }: PortPlace): ReadonlySet<string> {
  const parent = drawing.byId.get(nodeId)?.parent;
  const found = new Set<string>();
  const seen = new Set<string>();
  const open = drawing.edges.filter((edge) => edge.to === nodeId && edge.input === port);
  for (let edge = open.pop(); edge !== undefined; edge = open.pop()) {
    const { from, output } = edge;
    if (from === parent) found.add(output);
    else if (!seen.has(from)) {
      seen.add(from);
      open.push(...drawing.edges.filter((one) => one.to === from && !leadsOut(drawing, one)));
    }
  }
  return found;
}
