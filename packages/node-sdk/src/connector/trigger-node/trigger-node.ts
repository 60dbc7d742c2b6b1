import { defineTrigger } from '../../define-trigger.ts';
import type { TriggerDefinition } from '../../definition.ts';
import { credentialsOf } from '../action-node.ts';
import type { Connector } from '../connector.ts';
import type { ConnectorTriggerSpec, WebhookTrigger } from '../triggers.ts';
import { firstField, TRIGGER_PARAMETERS, wayField, withoutExpressions } from './trigger-fields.ts';

/** How events come: the service tells us, or we ask it. */
type TriggerWay = 'webhook' | 'poll';

/**
 * Whether the server can receive it: at an address of its own, proved by what subscribing kept or what the credential holds, or at the one of
 * the client app, proved by its secret and routed by account.
 */
function isHosted({ scope, subscribe, verify, challenge, account }: WebhookTrigger): boolean {
  if (scope === 'app') return account !== undefined && verify.kind === 'hmac' && verify.secret.startsWith('client.');
  if (verify.kind === 'fetch' || challenge?.kind === 'sign') return false;
  return verify.secret.startsWith('credential.') || (subscribe !== undefined && verify.secret.startsWith('kept.'));
}

/** Ways in which a trigger's events may come, the default first. */
function waysOf({ webhook, poll }: ConnectorTriggerSpec): readonly TriggerWay[] {
  return [
    ...(webhook === undefined || !isHosted(webhook) ? [] : (['webhook'] as const)),
    ...(poll === undefined ? [] : (['poll'] as const)),
  ];
}

/**
 * A declared trigger as a node type: what it binds to the service, the server does when the workflow is published.
 * @returns none where its events can come in no way that the server hosts: webhooks that are for all accounts of an app and cannot be routed
 */
export function toTriggerNode(connector: Connector, key: string, trigger: ConnectorTriggerSpec): readonly TriggerDefinition[] {
  const { poll } = trigger;
  const ways = waysOf(trigger);
  if (ways.length === 0) return [];
  const own = {
    ...(poll !== undefined && ways.length > 1 ? { [TRIGGER_PARAMETERS.way]: wayField(poll.every) } : {}),
    ...(poll === undefined ? {} : { [TRIGGER_PARAMETERS.first]: firstField(ways.length > 1) }),
  };
  const definition = defineTrigger({
    type: `${connector.key}.${key}`,
    version: trigger.version ?? 1,
    title: `${connector.title}: ${trigger.title}`,
    description: trigger.description,
    icon: connector.icon,
    aliases: [connector.key, ...(trigger.aliases ?? [])],
    input: trigger.input.safeExtend(own),
    output: trigger.output.schema,
    sample: trigger.output.sample,
  });
  const info = {
    ...definition.info,
    ...credentialsOf(connector),
    parameters: withoutExpressions(definition.info.parameters),
    connectorTrigger: {
      connector: connector.key,
      trigger: key,
      ways,
      ...(TRIGGER_PARAMETERS.way in own ? { wayParameter: TRIGGER_PARAMETERS.way } : {}),
      ...(TRIGGER_PARAMETERS.first in own ? { firstParameter: TRIGGER_PARAMETERS.first } : {}),
    },
  };
  return [{ ...definition, info }];
}
