import { toParameterSchema, type NodeTypeInfo } from '@millwright/workflow';
import { z } from 'zod';

/** `core.compensate`: steps with their inverse, which runs when the run, or the section around, fails later. */
export const compensateDefinition: NodeTypeInfo = {
  type: 'core.compensate',
  version: 1,
  kind: 'control',
  container: true,
  title: 'Do and undo',
  description: 'Runs steps, and undoes them when something fails later.',
  category: 'logic',
  aliases: ['compensate', 'saga', 'rollback', 'undo', 'revert', 'rückgängig', 'kompensieren', 'zurückrollen'],
  icon: 'undo-2',
  effect: 'pure',
  inputs: [
    { name: 'main', title: 'Input' },
    { name: 'result', title: 'Result', required: false, inner: true },
  ],
  outputs: [
    { name: 'do', title: 'Do', inner: true },
    { name: 'undo', title: 'Undo', inner: true },
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
      title: 'Tun und rückgängig machen',
      description: 'Führt Schritte aus und macht sie rückgängig, wenn später etwas fehlschlägt.',
      'inputs.main': 'Eingang',
      'inputs.result': 'Ergebnis',
      'outputs.do': 'Tun',
      'outputs.undo': 'Rückgängig machen',
      'outputs.main': 'Ergebnis',
    },
  },
};
