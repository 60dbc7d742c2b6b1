import type { JsonValue } from '@millwright/core';
import type { z } from 'zod';
import type { ErrorSpec } from './errors.ts';
import type { WriteSafety } from './idempotency.ts';
import type { AnswerPath, PageSpec } from './pages.ts';
import type { RequestSlots, SlotContext } from './request.ts';

/** What a service answered, as slots and paths see it. */
export interface ServiceAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly header: Readonly<Record<string, string>>;
  readonly body: JsonValue;
}

/** What comes out of an action. */
export interface OutputSpec<I, O extends z.ZodType<JsonValue>> {
  /** Where it stands in the answer; of a list, in one entry. Default `body`, of a list the entry. */
  readonly at?: AnswerPath;
  /** What one item looks like. What the service adds beyond it is handed on. */
  readonly schema: O;
  /** One item. */
  readonly sample: z.input<O>;
  /** Reshapes what `at` gave. */
  readonly map?: (value: JsonValue, slot: SlotContext<I> & { readonly answer: ServiceAnswer }) => z.input<O>;
}

/** What an action of several requests works with. */
export interface ActionRun<I> extends SlotContext<I> {
  /** The action's own request, to be sent with what was learned before. */
  readonly request: RequestSlots<I>;
  /**
   * Sends a request: signed, limited and judged as every other.
   * @param kept what templates and slots of this request read as `kept.<name>`
   * @throws ConnectorError as `errors` says; `details.status` tells 404 from the rest
   */
  readonly send: (request: RequestSlots<I>, kept?: Readonly<Record<string, JsonValue>>) => Promise<ServiceAnswer>;
}

/** An action of a connector as its author writes it. */
export interface ConnectorActionSpec<I extends z.ZodObject, O extends z.ZodType<JsonValue>> {
  /** From 1. New behaviour is a new version. Default 1. */
  readonly version?: number;
  readonly title: string;
  readonly description: string;
  /** Search words, all languages. Default none. */
  readonly aliases?: readonly string[];
  /** `read`, or what keeps the write from being done twice. */
  readonly effect: 'read' | WriteSafety;
  /** Names of `auth` that it works with. Default all. */
  readonly auth?: readonly string[];
  /** The parameters; fields carry `.meta({ title, description, field })`. */
  readonly input: I;
  readonly request: RequestSlots<z.output<I>>;
  /**
   * For what takes more than one request: sends them, `request` last, and gives what comes out; `output.at` and `output.map` are not asked.
   * All but `request` have to be reads, or harmless to repeat.
   */
  readonly run?: (call: ActionRun<z.output<I>>) => Promise<z.input<O>>;
  /** A list: how it goes on; a name of the connector's `pages`. */
  readonly pages?: string | PageSpec;
  /** A name of the connector's `limits`, beside `default`. Default `reads` or `writes`, by `effect`, where it has limits of these names. */
  readonly limit?: string;
  readonly output: OutputSpec<z.output<I>, O>;
  /** What differs from the connector's. */
  readonly errors?: Partial<ErrorSpec>;
  /** Ms for one call, 100–86,400,000. Default 30,000; lists 120,000. */
  readonly timeoutMs?: number;
  /** Parameters with which the service's description accepts the request; the conformance suite sends them. */
  readonly example: z.input<I>;
}

/** The same with its types forgotten: what a connector holds. */
export interface ConnectorAction extends Omit<ConnectorActionSpec<z.ZodObject, z.ZodType<JsonValue>>, 'request' | 'output' | 'run'> {
  // Functions take what `input` gave: the runtime parses before it calls, so the types are forgotten here and nowhere else.
  readonly request: RequestSlots<never>;
  readonly output: OutputSpec<never, z.ZodType<JsonValue>>;
  readonly run?: (call: ActionRun<never>) => Promise<JsonValue>;
}

/**
 * Declares an action of a connector: `input` types the slots of `request` and `output`; what `output.map` gives is checked.
 * @returns the same, with its types forgotten
 */
export function action<I extends z.ZodObject, O extends z.ZodType<JsonValue>>(spec: ConnectorActionSpec<I, O>): ConnectorAction {
  // Two types that differ by what is forgotten only.
  return spec as unknown as ConnectorAction;
}
