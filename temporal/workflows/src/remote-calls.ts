import type { RemoteCall, RunState } from '@millwright/workflow';
import type { RunGraphInput } from '@millwright/temporal-protocol';
import type { HostPorts } from './host-ports.ts';

/** Calls of a run that run as activities of their own. What they came to is in Postgres; here is only which ones are over. */
export class RemoteCalls {
  readonly #input: RunGraphInput;
  readonly #ports: Pick<HostPorts, 'runNode' | 'wakes'>;
  readonly #started = new Set<string>();
  #over: RemoteCall[] = [];
  #out = 0;

  constructor(input: RunGraphInput, ports: Pick<HostPorts, 'runNode' | 'wakes'>) {
    this.#input = input;
    this.#ports = ports;
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
        this.#ports.wakes.dirty = true;
      };
      // However it ended: the next segment looks for its outcome.
      void this.#run(state, call).then(over, over);
    }
  }

  async #run(state: RunState, call: RemoteCall): Promise<void> {
    const { header, skeleton } = this.#input;
    const nodeMs = skeleton.nodes.find((node) => node.id === call.nodeId)?.timeoutMs ?? 0;
    const own = state.active.filter((one) => one.nodeId === call.nodeId && one.runIndex === call.runIndex);
    await this.#ports.runNode({ header, skeleton, state: { ...state, active: own, arrivals: {} }, call }, nodeMs);
  }
}
