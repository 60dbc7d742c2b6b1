import type { DataRef, PlanNode, PlanSkeleton, RunState } from '@millwright/workflow';
import { advance } from './advance.ts';
import { ENGINE_VERSION } from '../version.ts';
import type { Command, EngineEvent, Settled } from './events.ts';

/** Edges as `from[.output]>to[.input]`. */
type EdgeText = string;

/** A skeleton drawn in text; nodes in order of appearance, `pure` with one port `main` unless `nodes` says otherwise. */
export function draw(
  edges: readonly EdgeText[],
  nodes: Readonly<Record<string, Partial<PlanNode>>> = {},
  order: PlanSkeleton['order'] = 'parallel',
): PlanSkeleton {
  const parsed = edges.map((edge) => {
    const [from = '', to = ''] = edge.split('>');
    const [fromId = '', output = 'main'] = from.split('.');
    const [toId = '', input = 'main'] = to.split('.');
    return { from: fromId, output, to: toId, input };
  });
  const ids = [...new Set([...parsed.flatMap((edge) => [edge.from, edge.to]), ...Object.keys(nodes)])];
  return {
    engineVersion: ENGINE_VERSION,
    planHash: 'test',
    order,
    timeoutMs: null,
    nodes: ids.map((id) => {
      const own = parsed.filter((edge) => edge.from === id);
      const ports = [...new Set(parsed.filter((edge) => edge.to === id).map((edge) => edge.input))];
      const outputs = Object.fromEntries(
        [...new Set([...own.map((edge) => edge.output), ...(own.length === 0 ? ['main'] : [])])].map((port) => [
          port,
          own.filter((edge) => edge.output === port).map(({ to, input }) => ({ to, input })),
        ]),
      );
      return { ...plain(id), inputs: ports.map((port) => ({ port, required: true, edges: 1 })), outputs, ...nodes[id] };
    }),
  };
}

function plain(id: string): Omit<PlanNode, 'inputs' | 'outputs'> {
  return {
    id,
    type: 'test.node',
    version: 1,
    control: null,
    effect: 'pure',
    kind: 'action',
    onError: 'stop',
    onLostAnswer: 'ask',
    retry: null,
    timeoutMs: 1000,
    disabled: false,
    executeOnce: false,
    alwaysOutput: false,
    refs: [],
  };
}

/** A handle to this many items. */
export function ref(id: string, count = 1): DataRef {
  return { id, count, sizeBytes: count };
}

/** Drives `advance` and keeps what it said. */
export class Driver {
  readonly skeleton: PlanSkeleton;
  readonly log: string[] = [];
  /** Lists that were put together. */
  readonly lists: Extract<Command, { type: 'list' }>[] = [];
  commands: readonly Command[] = [];
  readonly #settled = new Map<string, Settled>();
  #state: RunState | null = null;

  constructor(skeleton: PlanSkeleton, trigger = 't', count = 1) {
    this.skeleton = skeleton;
    this.send({ type: 'started', nodeId: trigger, ref: ref(`${trigger}:0:main`, count), timeMs: 1000, startedAtMs: 900 });
  }

  get state(): RunState {
    if (this.#state === null) throw new Error('not started');
    return this.#state;
  }

  /** Sends an event; the log keeps each command as `run a:0`, `succeeded a:0`, `wait a:0 timer`, `end succeeded`. */
  send(event: EngineEvent): this {
    const { state, commands } = advance(this.skeleton, this.#state, event);
    this.#state = state;
    this.commands = commands;
    this.lists.push(...commands.filter((one) => one.type === 'list'));
    for (const one of commands) if (one.type === 'settled') this.#settled.set(`${one.activation.nodeId}:${one.activation.runIndex}`, one);
    this.log.push(...commands.filter((one) => one.type !== 'list').map(textOf));
    return this;
  }

  /** How an activation ended. */
  settled(key: string): Settled | undefined {
    return this.#settled.get(key);
  }

  done(nodeId: string, outputs: Readonly<Record<string, number>> = { main: 1 }, runIndex = 0): this {
    const refs = Object.fromEntries(Object.entries(outputs).map(([port, count]) => [port, ref(`${nodeId}:${runIndex}:${port}`, count)]));
    return this.send({ type: 'completed', nodeId, runIndex, outputs: refs });
  }
}

function textOf(command: Command): string {
  if (command.type === 'end') return `end ${command.status}${command.reason === undefined ? '' : ` ${command.reason}`}`;
  if (command.type === 'list') return `list ${command.ref.id}`;
  const name = `${command.activation.nodeId}:${command.activation.runIndex}`;
  if (command.type === 'run' || command.type === 'open') return `${command.type} ${name}`;
  return command.type === 'wait' ? `wait ${name} ${command.activation.waitsFor?.kind}` : `${command.status} ${name}`;
}
