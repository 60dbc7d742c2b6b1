import { toParameterSchema, type NodeTypeInfo } from '@millwright/workflow';
import { z } from 'zod';

const parameters = z.strictObject({
  workflow: z
    .string()
    .min(1)
    .meta({
      title: 'Workflow',
      description: 'A live workflow that starts with "Called by a workflow".',
      field: { control: 'workflow', expression: false },
    }),
  mode: z
    .enum(['each', 'list'])
    .default('each')
    .meta({
      title: 'Call',
      field: { control: 'options', options: { each: 'Once for each item', list: 'Once for all items' }, expression: false },
    }),
  wait: z
    .boolean()
    .default(true)
    .meta({ title: 'Wait for its end', description: 'Off: goes on at once with the id of the run.', field: { control: 'switch' } }),
  input: z
    .record(z.string(), z.json())
    .default({})
    .meta({
      title: 'Input',
      description: 'What the called workflow gets. Empty: the item as it is.',
      field: { control: 'keyValue' },
    }),
});

/**
 * `core.callWorkflow`: each call is a run of its own. No entry in the engine's tables: the executor starts it as an effect of class
 * `child`, and its end comes as a decision.
 */
export const callWorkflowDefinition: NodeTypeInfo = {
  type: 'core.callWorkflow',
  version: 1,
  kind: 'control',
  title: 'Call a workflow',
  description: 'Runs another workflow and goes on with what it gives.',
  category: 'logic',
  aliases: ['subworkflow', 'sub-workflow', 'execute workflow', 'child', 'function', 'unterablauf', 'aufrufen', 'untergeordnet'],
  icon: 'corner-down-right',
  effect: 'child',
  inputs: [{ name: 'main', title: 'Input' }],
  outputs: [{ name: 'main', title: 'Output' }],
  parameters: toParameterSchema(parameters),
  once: [],
  raw: [],
  sample: {},
  window: 10,
  timeoutMs: 60_000,
  onLostAnswer: 'resend',
  locales: {
    de: {
      title: 'Workflow aufrufen',
      description: 'Führt einen anderen Workflow aus und macht mit dessen Ergebnis weiter.',
      'parameters.workflow.title': 'Workflow',
      'parameters.workflow.description': 'Ein aktiver Workflow, der mit „Von einem Workflow aufgerufen“ beginnt.',
      'parameters.mode.title': 'Aufruf',
      'parameters.mode.options.each': 'Einmal für jedes Element',
      'parameters.mode.options.list': 'Einmal für alle Elemente',
      'parameters.wait.title': 'Auf das Ende warten',
      'parameters.wait.description': 'Aus: macht sofort weiter, mit der Kennung des Laufs.',
      'parameters.input.title': 'Eingabe',
      'parameters.input.description': 'Was der aufgerufene Workflow bekommt. Leer: das Element, wie es ist.',
    },
  },
};
