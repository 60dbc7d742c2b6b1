import type { JsonValue } from '@millwright/core';
import { hashJson } from '@millwright/core/hash';
import type { EffectClass, NodeTypeInfo, Plan, PlanNode, PlanNodeConfig, PortInfo, WorkflowNode } from '@millwright/workflow';
import { controlKeyOf } from '../control/types.ts';
import { ENGINE_VERSION } from '../version.ts';
import { isTemplate, parameterOf, parametersOf } from './catalog-fields.ts';
import { resolveNode } from './check-parameters.ts';
import { planMentions } from './mentions.ts';
import { inputPorts, outputPorts, type Drawing } from './drawing.ts';

/** The plan of a drawing without errors. */
export function buildPlan(drawing: Drawing): Plan {
  const { settings, name } = drawing.document;
  const nodes: PlanNode[] = [];
  const configs: Record<string, PlanNodeConfig> = {};
  const position = new Map(drawing.nodes.map((node, index) => [node.id, index]));
  const incoming = Map.groupBy(
    drawing.edges.filter((edge) => drawing.reached.has(edge.from)),
    (edge) => edge.to,
  );
  for (const node of drawing.nodes) {
    const info = drawing.types.get(node.id);
    if (info === undefined || !drawing.reached.has(node.id)) continue;
    const ports = (incoming.get(node.id) ?? []).map((edge) => edge.input);
    nodes.push({
      ...behaviour(node, info),
      inputs: inputsOf(inputPorts(node, info), ports),
      outputs: outputsOf(drawing, node, position),
      refs: refsOf(drawing, node),
    });
    configs[node.id] = configOf(node, info, settings.expressions);
  }
  const mentions = planMentions(drawing, (id) => configs[id] !== undefined);
  const bare = {
    engineVersion: ENGINE_VERSION,
    order: settings.order,
    timeoutMs: settings.timeoutMs,
    timezone: settings.timezone,
    ...(mentions === undefined ? {} : { mentions }),
    nodes,
  };
  const planHash = hashJson({ skeleton: bare, configs, settings, workflowName: name } as unknown as JsonValue);
  return { skeleton: { ...bare, planHash }, configs, workflowName: name, settings };
}

function behaviour(node: WorkflowNode, info: NodeTypeInfo): Omit<PlanNode, 'inputs' | 'outputs' | 'refs'> {
  const { settings } = node;
  return {
    id: node.id,
    type: node.type,
    version: node.version,
    control: controlKeyOf(node.type),
    effect: effectOf(node, info),
    kind: info.kind,
    onError: settings.onError,
    onLostAnswer: settings.onLostAnswer ?? lostAnswerOf(node, info),
    // Who chose "send again" wants that without a key, too.
    ...(info.keyTtlMs === undefined || settings.onLostAnswer !== null ? {} : { keyTtlMs: info.keyTtlMs }),
    retry: info.container === true ? null : settings.retry,
    timeoutMs: settings.timeoutMs ?? info.timeoutMs,
    ...(info.slow === true ? { slow: true } : {}),
    disabled: settings.disabled,
    executeOnce: settings.executeOnce,
    alwaysOutput: settings.alwaysOutput,
    ...(info.container === true ? { container: containerOf(node, info) } : {}),
  };
}

/** What `advance` has to know of a container's parameters. */
function containerOf(node: WorkflowNode, info: NodeTypeInfo): NonNullable<PlanNode['container']> {
  const window = parameterOf(node, info, 'window');
  return {
    ...(typeof window === 'number' ? { window } : {}),
    ...(parameterOf(node, info, 'onItemError') === 'collect' ? { collect: true as const } : {}),
  };
}

/** A class that only a run can tell is the careful one: `write`. */
function effectOf(node: WorkflowNode, info: NodeTypeInfo): EffectClass {
  const by = info.effectBy;
  if (by === undefined) return info.effect;
  const value = parameterOf(node, info, by.parameter);
  if (isTemplate(value)) return 'write';
  return typeof value === 'string' && Object.hasOwn(by.classes, value) ? (by.classes[value] ?? by.otherwise) : by.otherwise;
}

function lostAnswerOf(node: WorkflowNode, info: NodeTypeInfo): PlanNode['onLostAnswer'] {
  const by = info.onLostAnswerBy;
  const value = by === undefined ? undefined : parameterOf(node, info, by.parameter);
  return (typeof value === 'string' && !isTemplate(value) ? by?.answers[value] : undefined) ?? info.onLostAnswer;
}

function inputsOf(declared: readonly PortInfo[], wired: readonly string[]): PlanNode['inputs'] {
  return declared
    .map((port) => ({ port: port.name, required: port.required !== false, edges: wired.filter((one) => one === port.name).length }))
    .filter(({ port, edges }) => edges > 0 && declared.every((one) => one.name !== port || one.inner !== true));
}

/** Every declared port, wired or not; targets top to bottom, then left to right. */
function outputsOf(drawing: Drawing, node: WorkflowNode, position: ReadonlyMap<string, number>): PlanNode['outputs'] {
  const info = drawing.types.get(node.id);
  const edges = drawing.outgoing.get(node.id) ?? [];
  const order = (id: string): number => position.get(id) ?? 0;
  return Object.fromEntries(
    (info === undefined ? [] : outputPorts(node, info)).map((port) => {
      const targets = edges.filter((edge) => edge.output === port).map(({ to, input }) => ({ to, input }));
      return [port, targets.toSorted((a, b) => order(a.to) - order(b.to) || (a.input < b.input ? -1 : 1))];
    }),
  );
}

function refsOf(drawing: Drawing, node: WorkflowNode): string[] {
  const ids = (drawing.expressions.get(node.id)?.nodes ?? []).map(({ name }) => resolveNode(drawing, name));
  return [...new Set(ids.filter((id) => id !== undefined))].filter((id) => drawing.reached.has(id)).toSorted();
}

function configOf(node: WorkflowNode, info: NodeTypeInfo, profile: PlanNodeConfig['expressions']): PlanNodeConfig {
  const parameters = parametersOf(node, info);
  const { type, version, credentials } = node;
  // The same text may give another value in another profile.
  const expressions = profile === undefined ? {} : { expressions: profile };
  return {
    name: node.name,
    parameters,
    credentials,
    configHash: hashJson({ type, version, parameters, credentials, ...expressions }),
    ...expressions,
    window: info.window,
    once: info.once,
    raw: info.raw,
  };
}
