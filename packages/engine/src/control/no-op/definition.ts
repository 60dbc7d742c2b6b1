import { toParameterSchema, type NodeTypeInfo } from '@millwright/workflow';
import { z } from 'zod';

const parameters = z.strictObject({});

/** `core.noOp`: hands its items on. */
export const noOpDefinition: NodeTypeInfo = {
  type: 'core.noOp',
  version: 1,
  kind: 'control',
  title: 'No operation',
  description: 'Hands its items on: a place to bring lines together.',
  category: 'logic',
  aliases: ['nothing', 'pass', 'placeholder', 'join', 'nichts', 'platzhalter', 'durchreichen'],
  icon: 'circle-dot',
  effect: 'pure',
  inputs: [{ name: 'main', title: 'Input' }],
  outputs: [{ name: 'main', title: 'Output' }],
  parameters: toParameterSchema(parameters),
  once: [],
  raw: [],
  sample: {},
  window: 1,
  timeoutMs: 60_000,
  onLostAnswer: 'resend',
  locales: { de: { title: 'Nichts tun', description: 'Reicht seine Elemente weiter: ein Ort, an dem Linien zusammenlaufen.' } },
};
