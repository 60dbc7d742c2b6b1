import { isJsonObject, TransientError, UserError, type JsonObject, type RunId } from '@millwright/core';
import { hashJson } from '@millwright/core/hash';
import type { BuiltFrom, Item, Outcome, RunParent } from '@millwright/workflow';
import { byPort } from '../nodes/collected.ts';
import type { NodeContext } from '../nodes/prepared.ts';
import { toRunError } from '../nodes/run-error.ts';
import type { ChildRuns } from '../ports.ts';
import { builtFrom, keyIndexOf } from '../nodes/skips.ts';
import type { ItemWork, Work } from '../nodes/work.ts';
import type { CallPorts, UntakenOutcome } from '../segment/call.ts';
import { NOT_SENT } from '../segment/not-sent.ts';
import { childRunId } from './child-run-id.ts';
import { endOfChild, itemsOfChild } from './decisions.ts';

/** Most workflows that call each other. */
const MAX_DEPTH = 10;

/** One call of a workflow: starts a run, once; its end comes as a decision. */
export class ChildCall {
  readonly #context: NodeContext;
  readonly #ports: CallPorts;
  readonly #work: Work;
  readonly #item: ItemWork;
  readonly #startedAtMs: number;
  #attempt: number;
  #isSent: boolean;
  #built: BuiltFrom = {};

  constructor(context: NodeContext, ports: CallPorts, { work, item }: { readonly work: Work; readonly item: ItemWork }) {
    this.#context = context;
    this.#ports = ports;
    this.#work = work;
    this.#item = item;
    // A try whose row is stored is gone on with: its run may be under way.
    this.#attempt = item.open?.attempt ?? item.tries + 1;
    this.#isSent = item.open !== undefined;
    this.#startedAtMs = item.open?.startedAtMs ?? context.nowMs();
  }

  /** Its outcome; null when the run was started, now or in an earlier try, and is waited for. @throws TransientError */
  async run(): Promise<UntakenOutcome | null> {
    try {
      return await this.#start();
    } catch (thrown) {
      if (thrown instanceof TransientError) throw thrown;
      const { node } = this.#work.prepared;
      const error = toRunError(thrown, { nodeId: node.id, itemIndex: this.#item.itemIndex });
      const isKept = thrown instanceof UserError && thrown.code === NOT_SENT;
      // What was called in an earlier try is under way, though nothing may be called now: that it was not would be wrong.
      if (isKept && this.#isSent) return null;
      return this.#outcome({ status: this.#isSent ? 'failed' : 'notSent', error });
    }
  }

  async #start(): Promise<UntakenOutcome | null> {
    const { header, ports, skeleton } = this.#context;
    if (skeleton.dryRun === true) throw new UserError('forbidden', { code: 'dry_run', message: 'no run was called: this is a dry run' });
    const { node, parameters } = this.#work.prepared;
    const { itemIndex } = this.#item;
    const given = parameters.at(Math.max(0, itemIndex));
    this.#built = builtFrom(this.#work.prepared, given, itemIndex);
    if ((header.parent?.depth ?? 0) >= MAX_DEPTH) throw tooDeep();
    if (ports.children === undefined) throw new UserError('invalid', { code: 'call_unsupported', message: 'runs cannot call others here' });
    const waits = given['wait'] !== false;
    const ended = await this.#call(ports.children, given, waits);
    if (!waits)
      return this.#outcome({
        status: 'done',
        response: byPort(node, [{ json: { runId: this.#runId(this.#attempt) } }]) as unknown as JsonObject,
      });
    if (ended !== null) return this.#adopted(ended);
    const open = { class: 'child', requestHash: '', startedAtMs: this.#startedAtMs, status: 'started', owner: '' } as const;
    this.#item.open = { ...this.#key(), ...open, ...this.#built };
    this.#item.child = this.#runId(this.#attempt);
    return null;
  }

  /** A run that an earlier run has called and that did not succeed is gone on with by another one: that is the next try. */
  async #call(children: ChildRuns, given: JsonObject, waits: boolean): Promise<JsonObject | null> {
    const ended = await this.#ask(children, given, waits);
    if (!waits || ended === null || ended['status'] === 'succeeded') return ended;
    // After every stored try, those too that never left.
    this.#attempt = Math.max(this.#attempt, this.#item.tries) + 1;
    this.#isSent = false;
    return this.#ask(children, given, waits);
  }

  #ask(children: ChildRuns, given: JsonObject, waits: boolean): Promise<JsonObject | null> {
    const { header } = this.#context;
    const { activation, node } = this.#work.prepared;
    const { itemIndex } = this.#item;
    const workflowId = typeof given['workflow'] === 'string' ? given['workflow'] : '';
    const depth = (header.parent?.depth ?? 0) + 1;
    const parent: RunParent = {
      runId: header.runId,
      nodeId: node.id,
      runIndex: activation.runIndex,
      itemIndex,
      attempt: this.#attempt,
      depth,
      waits,
    };
    return children.start({
      header,
      runId: this.#runId(this.#attempt),
      workflowId,
      items: this.#items(given),
      parent,
      earlier: waits ? Array.from({ length: this.#attempt - 1 }, (_, index) => this.#runId(this.#attempt - 1 - index)) : [],
      isChanged: this.#item.sendNo > 0,
      beforeStart: () => this.#beforeStart(hashJson({ workflowId, input: given['input'] ?? null })),
    });
  }

  #runId(attempt: number): RunId {
    const { activation, node } = this.#work.prepared;
    const { itemIndex } = this.#item;
    return childRunId(this.#context, { nodeId: node.id, runIndex: activation.keyIndex ?? activation.runIndex, itemIndex, attempt });
  }

  #items(given: JsonObject): readonly Item[] {
    const { list } = this.#work.prepared;
    const { input } = given;
    if (isJsonObject(input) && Object.keys(input).length > 0) return [{ json: input }];
    const { itemIndex } = this.#item;
    return (itemIndex < 0 ? list.items : list.items.slice(itemIndex, itemIndex + 1)).map(({ from: _from, error: _error, ...item }) => item);
  }

  /** The run had ended before: nobody tells again. */
  async #adopted(ended: JsonObject): Promise<UntakenOutcome> {
    const error = endOfChild(ended);
    const { node } = this.#work.prepared;
    if (error !== null) return this.#outcome({ status: 'failed', error: { ...error, nodeId: node.id } });
    const items = await itemsOfChild(this.#context, ended);
    return this.#outcome({ status: 'done', response: byPort(node, items) as unknown as JsonObject });
  }

  /** Stores that the start leaves, after everything that led to it. */
  async #beforeStart(requestHash: string): Promise<void> {
    const reason = this.#context.signal.aborted ? 'canceled' : this.#ports.closedBy();
    if (reason !== undefined) throw new UserError('conflict', { code: NOT_SENT, message: `nothing was started: ${reason}` });
    if (this.#isSent) return;
    const onStored = this.#ports.storing();
    if (
      !(await this.#ports.ledger.start({ ...this.#key(), class: 'child', requestHash, ...this.#built, startedAtMs: this.#startedAtMs }))
    ) {
      this.#ports.onLost();
      throw new UserError('conflict', { code: NOT_SENT, message: 'nothing was started: the run is no longer ours' });
    }
    onStored();
    this.#isSent = true;
  }

  #key() {
    const { activation, node } = this.#work.prepared;
    return {
      nodeId: node.id,
      runIndex: activation.runIndex,
      ...keyIndexOf(activation),
      itemIndex: this.#item.itemIndex,
      attempt: this.#attempt,
    };
  }

  #outcome(result: Pick<Outcome, 'status' | 'response' | 'error'>): UntakenOutcome {
    return {
      ...this.#key(),
      class: 'child',
      ...result,
      ...this.#built,
      startedAtMs: this.#startedAtMs,
      finishedAtMs: this.#context.nowMs(),
    };
  }
}

function tooDeep(): UserError {
  return new UserError('invalid', {
    code: 'call_depth',
    message: `Workflows called each other more than ${MAX_DEPTH} deep.`,
    hint: 'A workflow may call itself without end. Check the condition before the call.',
  });
}
