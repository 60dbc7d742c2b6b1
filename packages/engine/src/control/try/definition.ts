import { toParameterSchema, type NodeTypeInfo } from '@millwright/workflow';
import { z } from 'zod';

/** `core.try`: a failure inside goes to its `catch` steps instead of ending the run; its `finally` steps run in any case. */
export const tryDefinition: NodeTypeInfo = {
  type: 'core.try',
  version: 1,
  kind: 'control',
  container: true,
  title: 'Try',
  description: 'Runs the steps inside; when one fails, other steps take over.',
  category: 'logic',
  aliases: ['catch', 'finally', 'error', 'exception', 'versuchen', 'fehler', 'ausnahme', 'abfangen'],
  icon: 'shield-alert',
  effect: 'pure',
  inputs: [
    { name: 'main', title: 'Input' },
    { name: 'result', title: 'Result', required: false, inner: true },
  ],
  outputs: [
    { name: 'try', title: 'Try', inner: true },
    { name: 'catch', title: 'On error', inner: true },
    { name: 'finally', title: 'In any case', inner: true },
    { name: 'main', title: 'Result' },
  ],
  parameters: toParameterSchema(z.strictObject({})),
  once: [],
  raw: [],
  sample: {},
  window: 1,
  timeoutMs: 60_000,
  onLostAnswer: 'resend',
  locales: {
    de: {
      title: 'Versuchen',
      description: 'Führt die Schritte darin aus; schlägt einer fehl, übernehmen andere.',
      'inputs.main': 'Eingang',
      'inputs.result': 'Ergebnis',
      'outputs.try': 'Versuchen',
      'outputs.catch': 'Bei Fehler',
      'outputs.finally': 'In jedem Fall',
      'outputs.main': 'Ergebnis',
    },
  },
};
