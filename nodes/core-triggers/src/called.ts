import { defineTrigger, z } from '@millwright/node-sdk';

const TYPES = ['text', 'number', 'boolean', 'object', 'list', 'any'] as const;

/** Another workflow starts the run, and gives it what is declared here. */
export const calledTrigger = defineTrigger({
  type: 'core.calledTrigger',
  version: 1,
  title: 'Called by a workflow',
  description: 'Starts when another workflow calls this one.',
  icon: 'corner-right-down',
  aliases: ['subworkflow', 'sub-workflow', 'execute workflow trigger', 'child', 'function', 'unterablauf', 'aufruf', 'aufgerufen'],
  input: z.strictObject({
    inputs: z
      .array(
        z.strictObject({
          name: z
            .string()
            .min(1)
            .meta({ field: { expression: false } }),
          type: z.enum(TYPES).default('any'),
          required: z.boolean().default(true),
        }),
      )
      .max(100)
      .default([])
      .meta({
        title: 'Inputs',
        description: 'What a call must give. None: whatever it gives.',
        field: { control: 'inputFields', expression: false },
      }),
  }),
  output: z.record(z.string(), z.json()),
  sample: {},
});
