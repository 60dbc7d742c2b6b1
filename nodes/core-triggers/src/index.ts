import { defineNodePackage } from '@millwright/node-sdk';
import { calledTrigger } from './called.ts';
import { errorTrigger } from './error.ts';
import de from './locales/de.json' with { type: 'json' };
import { manualTrigger } from './manual.ts';
import { webhookTrigger } from './webhook.ts';

export default defineNodePackage({
  key: 'core-triggers',
  title: 'Triggers',
  nodes: [webhookTrigger, manualTrigger, calledTrigger, errorTrigger],
  locales: { de },
});
