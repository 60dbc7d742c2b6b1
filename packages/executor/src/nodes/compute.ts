import { TransientError, unreachable, UserError } from '@millwright/core';
import { controlComputes, type ControlCompute } from '@millwright/engine';
import type { EngineEvent } from '@millwright/engine/advance';
import type { ReplyMessage, RunError } from '@millwright/workflow';
import { byPort, Collected } from './collected.ts';
import { given, isSimulated, simulated } from './given.ts';
import { ListsNode } from './lists.ts';
import type { Skipped } from '../segment/records.ts';
import { unmarked } from '../items/lineage.ts';
import type { Pacer } from './pacer.ts';
import { itemAt, overEvent, type NodeContext, type Prepared } from './prepared.ts';
import { toRunError } from './run-error.ts';

/** What computing a pure node or a control node gives. */
export interface Computed {
  readonly event: EngineEvent;
  /** An answer for the caller, where the node is one that answers. */
  readonly reply?: ReplyMessage;
  /** A wait that had ended in an earlier run. */
  readonly isAlreadyDone?: true;
  /** It was not run, as this is a test. */
  readonly skipped?: Skipped;
}

/**
 * Runs what may be computed again: pure nodes and control nodes.
 * @param latestMs the run's time: of the last outcome taken, or of the segment's opening
 * @param firedAtMs when the timer of this wait fired in an earlier run, ms since 1970
 * @throws TransientError when one of our own dependencies is away
 */
export async function compute(
  context: NodeContext,
  prepared: Prepared,
  { pacer, latestMs, firedAtMs }: { readonly pacer: Pacer; readonly latestMs: number; readonly firedAtMs?: number | undefined },
): Promise<Computed> {
  const { test } = prepared.config;
  if (test !== undefined && test.how !== 'simulated') return given(context, prepared, test);
  if (isSimulated(context.skeleton, prepared.node)) return simulated(context, prepared, { pacer, latestMs });
  const control = prepared.node.control === null ? undefined : controlComputes[prepared.node.control];
  const work = new Computation(context, prepared, { pacer, latestMs });
  if (control === undefined) return work.runNode();
  switch (control.kind) {
    case 'route':
      return work.route(control);
    case 'wait':
      return work.wait(control, firedAtMs);
    case 'respond':
      return work.respond(control);
    case 'lists':
      return { event: await new ListsNode(context, prepared, { pacer, latestMs }).run(control.run) };
    default:
      return unreachable(control);
  }
}

class Computation {
  readonly #context: NodeContext;
  readonly #prepared: Prepared;
  readonly #pacer: Pacer;
  readonly #latestMs: number;
  readonly #collected = new Collected();
  #error: RunError | null = null;
  /** Where errors go when the run goes on. */
  #failedPort: string | undefined;

  constructor(context: NodeContext, prepared: Prepared, time: { readonly pacer: Pacer; readonly latestMs: number }) {
    this.#context = context;
    this.#prepared = prepared;
    this.#pacer = time.pacer;
    this.#latestMs = time.latestMs;
  }

  async runNode(): Promise<Computed> {
    const { node, list, isWhole } = this.#prepared;
    if (node.effect !== 'pure') return this.#refuse(`the engine has no way to run ${node.type} (${node.effect})`);
    if (!isWhole) return this.#each(async (itemIndex) => this.#collected.add(itemIndex, byPort(node, await this.#call(itemIndex))));
    await this.#attempt(-1, async () => this.#collected.addWhole(list.items.length, byPort(node, await this.#call(-1))));
    return this.#finish();
  }

  route({ route, otherwise }: Extract<ControlCompute, { kind: 'route' }>): Promise<Computed> {
    this.#failedPort = otherwise;
    const { list, parameters } = this.#prepared;
    return this.#each((itemIndex) => {
      const ports = route(parameters.at(itemIndex));
      const item = unmarked(list.items[itemIndex] ?? { json: {} });
      for (const port of typeof ports === 'string' ? [ports] : ports) this.#collected.addOne(itemIndex, port, item);
    });
  }

  async wait({ until }: Extract<ControlCompute, { kind: 'wait' }>, firedAtMs = this.#latestMs): Promise<Computed> {
    const { nodeId, runIndex } = this.#prepared.activation;
    let untilMs = this.#latestMs;
    await this.#attempt(0, () => {
      untilMs = until(this.#prepared.parameters.at(0), this.#latestMs);
    });
    if (this.#error !== null || untilMs <= this.#latestMs) return this.#passOn();
    if (this.#context.skeleton.dryRun === true) return { ...(await this.#passOn()), skipped: { reason: 'simulated' } };
    if (untilMs <= firedAtMs) return { ...(await this.#passOn()), isAlreadyDone: true };
    return { event: { type: 'waiting', nodeId, runIndex, waitsFor: { kind: 'timer', untilMs } } };
  }

  async respond({ reply }: Extract<ControlCompute, { kind: 'respond' }>): Promise<Computed> {
    let message: ReplyMessage | undefined;
    await this.#attempt(0, () => {
      message = reply(this.#prepared.parameters.at(0));
    });
    return { ...(await this.#passOn()), ...(message === undefined ? {} : { reply: message }) };
  }

  #passOn(): Promise<Computed> {
    const { list } = this.#prepared;
    if (this.#error !== null) return Promise.resolve(this.#finish());
    return this.#each((itemIndex) => {
      this.#collected.addOne(itemIndex, 'main', unmarked(list.items[itemIndex] ?? { json: {} }));
    });
  }

  async #call(itemIndex: number) {
    const { activation, node, config, list, parameters } = this.#prepared;
    const outcome = await this.#context.ports.runner.run({
      header: this.#context.header,
      node,
      parameters: parameters.at(Math.max(0, itemIndex)),
      ...itemAt(list, itemIndex),
      items: list.items,
      itemIndex,
      runIndex: activation.runIndex,
      attempt: 1,
      idempotencyKey: null,
      nowMs: activation.atMs,
      signal: this.#context.signal,
      beforeSend: () =>
        Promise.reject(
          new UserError('forbidden', {
            code: 'node_not_pure',
            message: `${node.type} is declared pure but sends a request`,
            hint: 'Report it to whoever maintains the step.',
          }),
        ),
      credentials: config.credentials,
    });
    return outcome.items;
  }

  async #each(run: (itemIndex: number) => void | Promise<void>): Promise<Computed> {
    const { list, node } = this.#prepared;
    for (let itemIndex = 0; itemIndex < list.items.length; itemIndex++) {
      if (this.#pacer.isDue) await this.#pacer.pause();
      if (this.#context.signal.aborted) break;
      try {
        const running = run(itemIndex);
        // Waiting for nothing costs more than most of what is done with an item.
        if (running !== undefined) await running;
      } catch (thrown) {
        this.#failed(itemIndex, thrown);
      }
      if (this.#error !== null && node.onError === 'stop') break;
    }
    return this.#finish();
  }

  async #attempt(itemIndex: number, run: () => void | Promise<void>): Promise<void> {
    try {
      const result = run();
      if (result !== undefined) await result;
    } catch (thrown) {
      this.#failed(itemIndex, thrown);
    }
  }

  /** @throws TransientError when one of our own dependencies is away: that is nobody's failure */
  #failed(itemIndex: number, thrown: unknown): void {
    if (thrown instanceof TransientError) throw thrown;
    const { node, list } = this.#prepared;
    const error = toRunError(thrown, { nodeId: node.id, itemIndex });
    this.#error ??= error;
    this.#collected.addError(node, error, { itemIndex, inputCount: list.items.length, port: this.#failedPort, ...itemAt(list, itemIndex) });
  }

  #finish(): Computed {
    return {
      event: overEvent(this.#context, this.#prepared, {
        collected: this.#collected,
        error: this.#error,
        atMs: this.#latestMs,
        final: false,
      }),
    };
  }

  #refuse(message: string): Computed {
    this.#error = { code: 'effect_unsupported', message, nodeId: this.#prepared.node.id, hint: 'Replace the step.' };
    return this.#finish();
  }
}
