import type { JsonValue } from '@millwright/core';
import { toParameterSchema, type PortInfo } from '@millwright/workflow';
import type { z } from 'zod';
import { MAIN_PORT, type NodeTexts, type TriggerDefinition } from './definition.ts';
import { assertDefinition } from './load-rules.ts';

/** A trigger as a node developer writes it. What starts the run (a webhook, a person) hands over the items. */
export interface TriggerSpec<I extends z.ZodObject, O extends z.ZodType<JsonValue>> extends Omit<NodeTexts, 'category'> {
  /** `core.webhook`: stable, used in documents. */
  readonly type: string;
  /** From 1. */
  readonly version: number;
  /** Default `triggers`. */
  readonly category?: string;
  /** Default: one port `main`. */
  readonly outputs?: readonly PortInfo[];
  /** The parameters; expressions have nothing to read in a trigger, so fields usually carry `expression: false`. */
  readonly input: I;
  /** What the data of an item looks like. */
  readonly output: O;
  /** One item's data. */
  readonly sample: z.input<O>;
}

/**
 * Declares a trigger.
 * @throws UserError `node_definition_invalid` listing everything that is wrong and what to write
 */
export function defineTrigger<I extends z.ZodObject, O extends z.ZodType<JsonValue>>(spec: TriggerSpec<I, O>): TriggerDefinition {
  const info = {
    type: spec.type,
    version: spec.version,
    kind: 'trigger',
    title: spec.title,
    description: spec.description,
    category: spec.category ?? 'triggers',
    aliases: spec.aliases ?? [],
    icon: spec.icon,
    effect: 'pure',
    inputs: [],
    outputs: spec.outputs ?? [MAIN_PORT],
    parameters: toParameterSchema(spec.input),
    once: [],
    raw: [],
    sample: spec.sample as JsonValue,
    window: 1,
    timeoutMs: 30_000,
    onLostAnswer: 'ask',
  } as const;
  assertDefinition({ info, outputSchema: spec.output, saysOnLostAnswer: true });
  return { kind: 'trigger', info, inputSchema: spec.input, outputSchema: spec.output };
}
