import { defineTrigger, z } from '@millwright/node-sdk';

/** A run of a workflow that names this one as its failure handler has failed. */
export const errorTrigger = defineTrigger({
  type: 'core.errorTrigger',
  version: 1,
  title: 'When a run fails',
  description: 'Starts when a run fails whose workflow names this one as its failure handler.',
  icon: 'triangle-alert',
  aliases: ['error', 'failure', 'handler', 'alert', 'fehler', 'fehlschlag', 'alarm'],
  input: z.strictObject({}),
  output: z.object({
    run: z.object({ id: z.string(), url: z.string(), startedAt: z.string(), failedAt: z.string() }),
    workflow: z.object({ id: z.string(), name: z.string() }),
    node: z.object({ id: z.string() }).nullable(),
    error: z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() }),
  }),
  sample: {
    run: { id: 'run_example', url: '/runs/run_example', startedAt: '2026-01-31T09:00:00.000Z', failedAt: '2026-01-31T09:00:02.000Z' },
    workflow: { id: 'wf_example', name: 'Lead intake' },
    node: { id: 'enrich' },
    error: { code: 'node_timeout', message: 'No answer within 30 s.', hint: 'Give the step more time, or check the service.' },
  },
});
