import type { PlanSkeleton, RunState } from '@millwright/workflow';
import type { advance, Command, EngineEvent } from '../advance/index.ts';

/** What the engine was told of one run, and what it said to do: recorded once, and repeated by every later version. */
export interface Journal {
  readonly skeleton: PlanSkeleton;
  readonly entries: readonly JournalEntry[];
}

/** One event. */
export interface JournalEntry {
  /** Where a segment opened: the state as it was stored. Absent: the state that came of the entry before. */
  readonly state?: RunState | null;
  readonly event: EngineEvent;
  /** In words. */
  readonly commands: readonly string[];
}

/** A command in words: all that the executor does with it. */
function told(command: Command): string {
  if (command.type === 'end') return `end ${command.status} ${command.reason ?? ''} ${command.error?.code ?? ''}`.trimEnd();
  if (command.type === 'list')
    return `list ${command.ref.id} ${JSON.stringify(command.parts.map(({ ref, at, from }) => [ref?.id, at, from]))}`;
  const { nodeId, runIndex, keyIndex, attempt, scope, waitsFor } = command.activation;
  const place = `${nodeId}:${runIndex}${keyIndex === undefined ? '' : `=${keyIndex}`} ${scope ?? '-'} #${attempt}`;
  switch (command.type) {
    case 'run':
      return `run ${place} ${idsOf(command.activation.inputs)}`;
    case 'open':
      return `open ${place} ${JSON.stringify(command.progress ?? null)}`;
    case 'wait':
      return `wait ${place} ${JSON.stringify(waitsFor)}`;
    case 'settled':
      return `${command.status} ${place} ${command.reason ?? '-'} ${idsOf(command.outputs)}`;
  }
}

function idsOf(refs: Readonly<Record<string, { readonly id: string; readonly count: number }>>): string {
  return Object.entries(refs)
    .map(([port, { id, count }]) => `${port}=${id}*${count}`)
    .join(' ');
}

/** Writes a journal down while an executor works: to be given to it as its engine. */
export class JournalWriter {
  readonly entries: JournalEntry[] = [];
  readonly #advance: typeof advance;

  constructor(engine: typeof advance) {
    this.#advance = engine;
  }

  readonly advance: typeof advance = (skeleton, state, event) => {
    const next = this.#advance(skeleton, state, event);
    const opens = event.type === 'started' || event.type === 'opened';
    const entry = { ...(opens ? { state } : {}), event, commands: next.commands.map(told) };
    this.entries.push(JSON.parse(JSON.stringify(entry)) as JournalEntry);
    return next;
  };
}

/** Repeats a journal. @returns the entries at which the engine says something else, at most one a segment */
export function differences({ skeleton, entries }: Journal, engine: typeof advance): readonly string[] {
  const found: string[] = [];
  let state: RunState | null | undefined;
  for (const [index, entry] of entries.entries()) {
    if (entry.state !== undefined) state = entry.state;
    if (state === undefined) continue;
    try {
      const next = engine(skeleton, state, entry.event);
      state = next.state;
      const commands = next.commands.map(told);
      if (commands.join('\n') === entry.commands.join('\n')) continue;
      found.push(`${index} ${entry.event.type}: ${JSON.stringify(commands)} instead of ${JSON.stringify(entry.commands)}`);
    } catch (thrown) {
      found.push(`${index} ${entry.event.type}: ${String(thrown)}`);
    }
    state = undefined;
  }
  return found;
}
