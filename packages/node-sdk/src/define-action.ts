import type { JsonValue } from '@millwright/core';
import { toParameterSchema, type EffectClass, type Item, type NodeTypeInfo, type PortInfo } from '@millwright/workflow';
import type { z } from 'zod';
import { isEmitted, type ActionContext, type ActionResult, type NodeInvocation } from './context.ts';
import { MAIN_PORT, type ActionDefinition, type EffectBy, type NodeTexts } from './definition.ts';
import { assertDefinition } from './load-rules.ts';
import { parseParameters } from './parse-parameters.ts';

/** An action as a node developer writes it. */
export interface ActionSpec<I extends z.ZodObject, O extends z.ZodType<JsonValue>> extends NodeTexts {
  /** `http.request`: stable, used in documents. */
  readonly type: string;
  /** From 1. New behaviour is a new version beside the old one, never an edit. */
  readonly version: number;
  /** `transform` reshapes data and touches nothing outside. Default `action`. */
  readonly kind?: 'action' | 'transform';
  /** What running it means outside; unknown is `write`. */
  readonly effect: Extract<EffectClass, 'pure' | 'read' | 'write' | 'code'>;
  readonly effectBy?: EffectBy;
  /** Default: one port `main`. */
  readonly inputs?: readonly PortInfo[];
  /** Default: one port `main`. */
  readonly outputs?: readonly PortInfo[];
  /** The parameters; fields carry `.meta({ title, description, field })`. */
  readonly input: I;
  /** What the data of an output item looks like. */
  readonly output: O;
  /** One output item's data. */
  readonly sample: z.input<O>;
  /** Items of a list worked on side by side, 1–100. Default 10 for reads, 1 otherwise. */
  readonly window?: number;
  /** Ms for one call, 100–86,400,000. Default 30,000. */
  readonly timeoutMs?: number;
  /** Required where it writes. */
  readonly onLostAnswer?: 'lookup' | 'resend' | 'ask';
  /** The same by the value of one parameter; others take `onLostAnswer`. */
  readonly onLostAnswerBy?: NonNullable<NodeTypeInfo['onLostAnswerBy']>;
  /** How long the service knows the key of a write, ms: what was lost longer ago is not sent again by itself. Default: for ever. */
  readonly keyTtlMs?: number;
  /** Parameter names evaluated once per list; `['*']` runs the whole node once per list. Default none. */
  readonly once?: readonly string[];
  /** Parameter names that are not evaluated before `run`. Default none. */
  readonly raw?: readonly string[];
  /** Credentials that it takes. Default none. */
  readonly credentials?: NonNullable<NodeTypeInfo['credentials']>;
  /** Called per item, or once for the whole list where `once` is `['*']`. */
  readonly run: (ctx: ActionContext<z.output<I>>) => ActionResult<z.input<O>> | Promise<ActionResult<z.input<O>>>;
}

function toItems<O>(result: ActionResult<O>, itemIndex: number): Readonly<Record<string, readonly Item[]>> {
  if (isEmitted(result)) return result.ports as Readonly<Record<string, readonly Item[]>>;
  const from = itemIndex >= 0 ? { from: [itemIndex] } : {};
  const list: readonly unknown[] = Array.isArray(result) ? result : [result];
  return { main: list.map((json) => ({ json: json as JsonValue, ...from })) };
}

/**
 * Declares an action; its context is typed by its schemas.
 * @throws UserError `node_definition_invalid` listing everything that is wrong and what to write
 */
export function defineAction<I extends z.ZodObject, O extends z.ZodType<JsonValue>>(spec: ActionSpec<I, O>): ActionDefinition {
  const kind = spec.kind ?? 'action';
  const info = {
    type: spec.type,
    version: spec.version,
    kind,
    title: spec.title,
    description: spec.description,
    category: spec.category,
    aliases: spec.aliases ?? [],
    icon: spec.icon,
    effect: spec.effect,
    ...(spec.effectBy ? { effectBy: spec.effectBy } : {}),
    inputs: spec.inputs ?? [MAIN_PORT],
    outputs: spec.outputs ?? [MAIN_PORT],
    parameters: toParameterSchema(spec.input),
    once: spec.once ?? [],
    raw: spec.raw ?? [],
    sample: spec.sample as JsonValue,
    window: spec.window ?? (spec.effect === 'read' ? 10 : 1),
    timeoutMs: spec.timeoutMs ?? 30_000,
    onLostAnswer: spec.onLostAnswer ?? 'ask',
    ...(spec.onLostAnswerBy ? { onLostAnswerBy: spec.onLostAnswerBy } : {}),
    ...(spec.keyTtlMs === undefined ? {} : { keyTtlMs: spec.keyTtlMs }),
    ...(spec.credentials ? { credentials: spec.credentials } : {}),
  } as const;
  assertDefinition({ info, outputSchema: spec.output, saysOnLostAnswer: spec.onLostAnswer !== undefined });
  const invoke = async ({ parameters, ...rest }: NodeInvocation): Promise<Readonly<Record<string, readonly Item[]>>> => {
    const input = parseParameters(spec.type, spec.input, parameters);
    return toItems(await spec.run({ ...rest, input }), rest.itemIndex);
  };
  return { kind, info, inputSchema: spec.input, outputSchema: spec.output, invoke };
}
