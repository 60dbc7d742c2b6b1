import {
  ActivityCancellationType,
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  patched,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  workflowInfo,
} from './sdk.ts';
import {
  FAILURE_TYPES,
  siblingQueue,
  WAKE_SIGNAL,
  type RemoteActivities,
  type RunActivities,
  type RunGraphInput,
  type RunGraphResult,
} from '@millwright/temporal-protocol';
import type { HostPorts, Wakes } from './host-ports.ts';
import { runSegments } from './run-segments.ts';

/** Above a node's own time, which the executor enforces: for waiting until Postgres can store the answer. */
const BEYOND_NODE_MS = 300_000;

/** Constant: the executor enforces the deadlines of nodes and runs itself. Only `TransientError` is tried again, for ever. */
const { joinSegment, runSegment } = proxyLocalActivities<RunActivities>({
  startToCloseTimeout: '12 minutes',
  localRetryThreshold: '10 seconds',
  retry: {
    initialInterval: '250 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '30 seconds',
    nonRetryableErrorTypes: [FAILURE_TYPES.broken],
  },
});

/** Only what was lost with its worker, or could not reach Postgres, is tried again: failures of nodes are results. */
const remoteActivities = (nodeMs: number): RemoteActivities =>
  proxyActivities<RemoteActivities>({
    taskQueue: siblingQueue(workflowInfo().taskQueue, 'fx'),
    startToCloseTimeout: nodeMs + BEYOND_NODE_MS,
    heartbeatTimeout: '15 seconds',
    cancellationType: ActivityCancellationType.ABANDON,
    retry: {
      initialInterval: '1 second',
      backoffCoefficient: 2,
      maximumInterval: '30 seconds',
      nonRetryableErrorTypes: [FAILURE_TYPES.broken],
    },
  });

const wake = defineSignal(WAKE_SIGNAL);
/** Written into histories in which a wake-up came while the first segment was joined: without it they replay as they were. */
const KEPT_WAKES = 'kept-wakes';

/** Temporal, as the loop of a run sees it. */
function temporalPorts({ header: { workspaceId, runId } }: RunGraphInput, wakes: Wakes): HostPorts {
  return {
    wakes,
    sleep,
    nowMs: () => Date.now(),
    historyLength: () => workflowInfo().historyLength,
    continueAsNew: (input) => continueAsNew<typeof runGraph>(input),
    keepsWakes: () => patched(KEPT_WAKES),
    joinSegment: async () => (await joinSegment({ workspaceId, runId })).result,
    runSegment: async (open) => (await runSegment(open())).result,
    runNode: (input, nodeMs) => remoteActivities(nodeMs).runNode(input),
  };
}

/**
 * The one Temporal workflow: hosts a run. It steers only; data, effects and decisions live in segments and in Postgres.
 * Temporal's own cancel is ignored on purpose: a run is canceled by its flag in Postgres and a wake-up.
 */
export async function runGraph(input: RunGraphInput): Promise<RunGraphResult> {
  const isDirty = (): boolean => wakes.dirty;
  const wakes: Wakes = {
    dirty: false,
    wait: (ms) => (ms === undefined ? condition(isDirty) : condition(isDirty, ms)),
  };
  setHandler(wake, () => {
    wakes.dirty = true;
  });
  return CancellationScope.nonCancellable(() => runSegments(input, temporalPorts(input, wakes)));
}
