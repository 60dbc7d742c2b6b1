import { UserError, type JsonValue } from '@millwright/core';
import type { triggerBindings } from '@millwright/db';
import type { NodeRunners } from '@millwright/node-registry';

type Connector = NonNullable<ReturnType<NodeRunners['connector']>>;

/** A published trigger with what its connector says of it. */
export interface BoundTrigger {
  readonly connector: Connector;
  readonly trigger: Connector['triggers'][string];
  /** Its parameters, checked. */
  readonly input: Readonly<Record<string, JsonValue>>;
}

/** Says that nobody here knows the trigger. */
function notInstalled({ connectorKey, triggerKey }: triggerBindings.TriggerSetting): UserError {
  return new UserError('notFound', {
    code: 'trigger_not_installed',
    message: `the trigger ${connectorKey}.${triggerKey} is not installed`,
    hint: 'Install its package again, or take the trigger out of the workflow.',
  });
}

/** @throws UserError `trigger_not_installed`, `parameter_invalid` */
export function boundTrigger(runners: Pick<NodeRunners, 'connector'>, setting: triggerBindings.TriggerSetting): BoundTrigger {
  const connector = runners.connector(setting.connectorKey);
  const trigger = connector?.triggers[setting.triggerKey];
  if (connector === undefined || trigger === undefined) throw notInstalled(setting);
  const parsed = trigger.input.safeParse(setting.input);
  if (parsed.success) return { connector, trigger, input: parsed.data as Readonly<Record<string, JsonValue>> };
  const [issue] = parsed.error.issues;
  throw new UserError('invalid', {
    code: 'parameter_invalid',
    message: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    hint: 'Correct it in the trigger and publish again.',
  });
}
