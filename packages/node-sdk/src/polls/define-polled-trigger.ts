import type { JsonValue } from '@millwright/core';
import type { NodeTypeInfo } from '@millwright/workflow';
import type { z } from 'zod';
import { durationMs, type Duration } from '../connector/pages.ts';
import { firstField, paceField, TRIGGER_PARAMETERS, withoutExpressions } from '../connector/trigger-node/trigger-fields.ts';
import { defineTrigger, type TriggerSpec } from '../define-trigger.ts';
import type { TriggerDefinition } from '../definition.ts';
import { definitionError } from '../load-rules.ts';
import { parseParameters } from '../parse-parameters.ts';
import type { PollAnswer, PollContext, PollFunctions, PollInvocation } from './poll-context.ts';

/** A trigger that asks a server which is no declared connector. */
export interface PolledTriggerSpec<I extends z.ZodObject, O extends z.ZodType<JsonValue>> extends Omit<
  TriggerSpec<I, O>,
  'category' | 'outputs'
> {
  /** How often it asks unless people say otherwise: 10 seconds at least. */
  readonly every: Duration;
  /** False: there is no "what is there already". Default true. */
  readonly asksFirst?: boolean;
  /** The credential, in the slot `auth`. Default none. */
  readonly credentials?: NonNullable<NodeTypeInfo['credentials']>;
  /** Asks once. Whatever it gives may be thrown away and asked for again: a process may die before it is stored. */
  readonly poll: (context: PollContext<z.output<I>>) => Promise<PollAnswer<z.input<O>>>;
  /** Ends as soon as something may be new. Default: nobody watches. */
  readonly watch?: (context: PollContext<z.output<I>>) => Promise<void>;
}

const LEAST_MS = 10_000;

/** `imap.messageAdded` of version 2 → `imap` and `messageAdded@2`. */
function nameOf(type: string, version: number): { readonly connector: string; readonly trigger: string } {
  const [connector = '', ...rest] = type.split('.');
  return { connector, trigger: `${rest.join('.')}${version === 1 ? '' : `@${version}`}` };
}

function faultsOf<I extends z.ZodObject, O extends z.ZodType<JsonValue>>(spec: PolledTriggerSpec<I, O>): readonly string[] {
  const taken = Object.values(TRIGGER_PARAMETERS).filter((name) => name in spec.input.shape);
  const slots = (spec.credentials ?? []).filter(({ name }) => name !== 'auth');
  return [
    ...taken.map((name) => `input.${name} is what the product asks of every trigger: take another name`),
    ...slots.map(({ name }) => `credentials: a trigger has the one slot "auth", not "${name}"`),
    ...(durationMs(spec.every) < LEAST_MS ? [`every "${spec.every}" is too often: write 10s or more`] : []),
  ];
}

/**
 * Declares a trigger that asks a server again and again, by a function of its own.
 * @throws UserError `node_definition_invalid` listing everything that is wrong and what to write
 */
export function definePolledTrigger<I extends z.ZodObject, O extends z.ZodType<JsonValue>>(
  spec: PolledTriggerSpec<I, O>,
): TriggerDefinition {
  const faults = faultsOf(spec);
  if (faults.length > 0) throw definitionError(`${spec.type} cannot be loaded`, faults);
  const { every, asksFirst = true, credentials, poll, watch, ...texts } = spec;
  const pace = { [TRIGGER_PARAMETERS.pace]: paceField(durationMs(every) / 1000) };
  const ofProduct: z.ZodRawShape = asksFirst ? { [TRIGGER_PARAMETERS.first]: firstField(false), ...pace } : pace;
  const definition = defineTrigger({ ...texts, input: (spec.input as z.ZodObject).safeExtend(ofProduct) });
  const asked = spec.input.safeExtend(pace);
  const read = ({ parameters, ...rest }: PollInvocation): { readonly context: PollContext<z.output<I>>; readonly nextInMs: number } => {
    const { [TRIGGER_PARAMETERS.pace]: seconds, ...input } = parseParameters(spec.type, asked, parameters);
    return { context: { ...rest, input: input as z.output<I> }, nextInMs: Number(seconds) * 1000 };
  };
  const polls: PollFunctions = {
    poll: async (invocation) => {
      const { context, nextInMs } = read(invocation);
      const answer = await poll(context);
      return { ...(answer as PollAnswer<JsonValue>), nextInMs: answer.hasMore === true ? 0 : nextInMs };
    },
    ...(watch === undefined ? {} : { watch: (invocation: PollInvocation) => watch(read(invocation).context) }),
  };
  const info = {
    ...definition.info,
    ...(credentials === undefined ? {} : { credentials }),
    parameters: withoutExpressions(definition.info.parameters),
    connectorTrigger: {
      ...nameOf(spec.type, spec.version),
      ways: ['poll'] as const,
      ...(asksFirst ? { firstParameter: TRIGGER_PARAMETERS.first } : {}),
      paceParameter: TRIGGER_PARAMETERS.pace,
    },
  };
  return { ...definition, info, polls };
}
