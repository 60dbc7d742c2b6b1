import { ActivityCancellationType, proxyActivities, workflowInfo } from './sdk.ts';
import type { RemoteCall, RunState } from '@millwright/workflow';
import { FAILURE_TYPES, siblingQueue, type RemoteActivities, type RunGraphInput } from '@millwright/temporal-protocol';

/** Above a node's own time, which the executor enforces: for waiting until Postgres can store the answer. */
const BEYOND_NODE_MS = 300_000;

/** Calls of a run that run as activities of their own. What they came to is in Postgres; here is only which ones are over. */
export class RemoteCalls {
  readonly #input: RunGraphInput;
  readonly #onOver: () => void;
  readonly #started = new Set<string>();
  #over: RemoteCall[] = [];
  #out = 0;

  /** @param onOver called when one is over */
  constructor(input: RunGraphInput, onOver: () => void) {
    this.#input = input;
    this.#onOver = onOver;
  }

  /** Some are not over, or nobody was told that they are. */
  get isBusy(): boolean {
    return this.#out + this.#over.length > 0;
  }

  /** Those that ended since the last time. */
  takeOver(): readonly RemoteCall[] {
    const over = this.#over;
    this.#over = [];
    return over;
  }

  /** The segment that was told did nothing: the next one has to be told too. */
  keepOver(calls: readonly RemoteCall[]): void {
    this.#over = [...calls, ...this.#over];
  }

  /** Starts the calls that are not started yet. */
  start(state: RunState, calls: readonly RemoteCall[]): void {
    for (const call of calls) {
      const key = `${call.nodeId}:${call.runIndex}:${call.itemIndex}:${call.attempt}`;
      if (this.#started.has(key)) continue;
      this.#started.add(key);
      this.#out += 1;
      const over = (): void => {
        this.#out -= 1;
        this.#over.push(call);
        this.#onOver();
      };
      // However it ended: the next segment looks for its outcome.
      void this.#run(state, call).then(over, over);
    }
  }

  async #run(state: RunState, call: RemoteCall): Promise<void> {
    const { header, skeleton } = this.#input;
    const timeoutMs = skeleton.nodes.find((node) => node.id === call.nodeId)?.timeoutMs ?? 0;
    const { runNode } = proxyActivities<RemoteActivities>({
      taskQueue: siblingQueue(workflowInfo().taskQueue, 'fx'),
      startToCloseTimeout: timeoutMs + BEYOND_NODE_MS,
      heartbeatTimeout: '15 seconds',
      cancellationType: ActivityCancellationType.ABANDON,
      // Only what was lost with its worker, or could not reach Postgres, is tried again: failures of nodes are results.
      retry: {
        initialInterval: '1 second',
        backoffCoefficient: 2,
        maximumInterval: '30 seconds',
        nonRetryableErrorTypes: [FAILURE_TYPES.broken],
      },
    });
    const own = state.active.filter((one) => one.nodeId === call.nodeId && one.runIndex === call.runIndex);
    await runNode({ header, skeleton, state: { ...state, active: own, arrivals: {} }, call });
  }
}
