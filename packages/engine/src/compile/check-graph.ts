import type { Problem, WorkflowNode } from '@millwright/workflow';
import { parameterOf } from './catalog-fields.ts';
import { checkContainers } from './check-containers.ts';
import { checkCycles } from './check-cycles.ts';
import { checkPorts } from './check-ports.ts';
import { inputPorts, reach, type Drawing } from './drawing.ts';

/** What is wrong with how nodes are wired. */
export function checkGraph(drawing: Drawing): Problem[] {
  return [
    ...checkSettings(drawing),
    ...checkTriggers(drawing),
    ...drawing.nodes.flatMap((node) => checkNode(drawing, node)),
    ...checkContainers(drawing),
    ...checkPorts(drawing),
    ...checkCycles(drawing),
    ...checkReplies(drawing),
  ];
}

function checkSettings({ document }: Drawing): Problem[] {
  const { timezone } = document.settings;
  if (isTimezone(timezone)) return [];
  return [
    {
      code: 'timezone_unknown',
      level: 'error',
      field: 'settings.timezone',
      text: `There is no time zone "${timezone}".`,
      hint: 'Use a name such as Europe/Berlin or UTC.',
      values: { timezone },
    },
  ];
}

function isTimezone(name: string): boolean {
  // Nearly every workflow; asking costs more than all other checks of a small one.
  if (name === 'UTC') return true;
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function checkTriggers(drawing: Drawing): Problem[] {
  if (drawing.triggers.length > 0) return [];
  return [
    { code: 'trigger_missing', level: 'error', text: 'Nothing starts this workflow.', hint: 'Add a trigger, for example a webhook.' },
  ];
}

function checkNode(drawing: Drawing, node: WorkflowNode): Problem[] {
  const problems: Problem[] = [];
  const info = drawing.types.get(node.id);
  if (info === undefined) return problems;
  if (node.parent !== null && !drawing.byId.has(node.parent)) {
    problems.push({
      code: 'parent_unknown',
      level: 'error',
      nodeId: node.id,
      field: 'parent',
      text: `The section "${node.parent}" that holds this step does not exist.`,
      hint: 'Move the step out of it.',
      values: { id: node.parent },
    });
  }
  if (!drawing.reached.has(node.id)) {
    if (drawing.triggers.length > 0 && info.kind !== 'trigger')
      problems.push({
        code: 'node_unreachable',
        level: 'warning',
        nodeId: node.id,
        text: 'No trigger leads to this step: it never runs.',
        hint: 'Connect it, or delete it.',
      });
    return problems;
  }
  const inputs = inputPorts(node, info);
  if (inputs.length < 2) return problems;
  const wired = new Set((drawing.incoming.get(node.id) ?? []).map((edge) => edge.input));
  for (const port of inputs) {
    if (port.required !== false && !wired.has(port.name)) {
      problems.push({
        code: 'input_missing',
        level: 'error',
        nodeId: node.id,
        field: `inputs.${port.name}`,
        text: `The input "${port.title}" needs a step before it.`,
        hint: 'Draw a line into it.',
        values: { port: port.name },
      });
    }
  }
  return problems;
}

/** Webhooks that answer at a respond node need one; respond nodes need such a webhook. */
function checkReplies(drawing: Drawing): Problem[] {
  const problems: Problem[] = [];
  const answered = new Set<string>();
  const responds = new Set(drawing.nodes.filter((node) => node.type === 'core.respond' && !node.settings.disabled).map((node) => node.id));
  for (const trigger of drawing.triggers) {
    const info = drawing.types.get(trigger.id);
    if (trigger.type !== 'core.webhook' || info === undefined || parameterOf(trigger, info, 'answer') !== 'respond') continue;
    const reached = [...reach([trigger.id], drawing.outgoing)].filter((id) => responds.has(id));
    for (const id of reached) answered.add(id);
    if (reached.length === 0) {
      problems.push({
        code: 'respond_missing',
        level: 'error',
        nodeId: trigger.id,
        field: 'parameters.answer',
        text: 'The webhook waits for a "Respond to webhook" step, but none follows it.',
        hint: 'Add one, or let the webhook answer at once or at the end.',
      });
    }
  }
  for (const id of responds) {
    if (!answered.has(id))
      problems.push({
        code: 'respond_unused',
        level: 'warning',
        nodeId: id,
        text: 'No webhook that waits for this step leads to it: nobody gets its answer.',
        hint: 'Set the webhook to answer at the respond step.',
      });
  }
  return problems;
}
