import { defineAction, z } from '@millwright/node-sdk';

/** Kills its process, as a fault in native code or a lack of memory would. */
export const crash = defineAction({
  type: 'test.crash',
  version: 1,
  kind: 'transform',
  title: 'Crash',
  description: 'Kills the process that runs it.',
  category: 'data',
  icon: 'bomb',
  aliases: ['kill'],
  effect: 'pure',
  input: z.strictObject({}),
  output: z.record(z.string(), z.json()),
  sample: {},
  run: () => {
    process.kill(process.pid, 'SIGKILL');
    return {};
  },
});
