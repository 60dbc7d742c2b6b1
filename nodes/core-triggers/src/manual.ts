import { defineTrigger, z } from '@millwright/node-sdk';

/** A person, or the API, starts the run and may give it an object. */
export const manualTrigger = defineTrigger({
  type: 'core.manual',
  version: 1,
  title: 'Manual start',
  description: 'Starts when somebody presses Run, or by the API.',
  icon: 'mouse-pointer-click',
  aliases: ['button', 'start', 'test', 'click', 'knopf', 'hand', 'starten'],
  input: z.strictObject({}),
  output: z.record(z.string(), z.json()),
  sample: {},
});
