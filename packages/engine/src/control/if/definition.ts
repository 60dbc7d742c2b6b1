import { toParameterSchema, type NodeTypeInfo } from '@millwright/workflow';
import { z } from 'zod';
import { conditionFields, conditionGerman, convertField, convertGerman } from './condition-fields.ts';

const parameters = z.strictObject({ ...conditionFields, ...convertField });

/** `core.if`: sends each item to one of two outputs. */
export const ifDefinition: NodeTypeInfo = {
  type: 'core.if',
  version: 1,
  kind: 'control',
  title: 'If',
  description: 'Sends each item one way or the other.',
  category: 'logic',
  aliases: ['condition', 'branch', 'filter', 'switch', 'route', 'wenn', 'bedingung', 'verzweigung', 'filter'],
  icon: 'split',
  effect: 'pure',
  inputs: [{ name: 'main', title: 'Input' }],
  outputs: [
    { name: 'true', title: 'True' },
    { name: 'false', title: 'False' },
  ],
  parameters: toParameterSchema(parameters),
  once: [],
  raw: [],
  sample: {},
  window: 1,
  timeoutMs: 60_000,
  onLostAnswer: 'resend',
  locales: {
    de: {
      title: 'Wenn',
      description: 'Schickt jedes Element in die eine oder die andere Richtung.',
      ...conditionGerman('parameters'),
      ...convertGerman,
      'outputs.true': 'Ja',
      'outputs.false': 'Nein',
    },
  },
};
