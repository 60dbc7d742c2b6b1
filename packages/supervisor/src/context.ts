import type { Environment, Lifecycle, Logger, ProgressNote } from '@millwright/platform';
import type { ChildGroup } from './children/child-group.ts';
import type { DataDir } from './install/data-dir.ts';

/** Runs one stage of a start, showing it when it takes long. */
export type Stage = <T>(label: string, work: (note: ProgressNote) => Promise<T>) => Promise<T>;

/** What every part of one start shares. */
export interface StartContext {
  readonly dataDir: DataDir;
  readonly group: ChildGroup;
  readonly lifecycle: Lifecycle;
  /** The environment of this process: `PATH`, `HOME` and what the children inherit. */
  readonly env: Environment;
  readonly log: Logger;
  readonly stage: Stage;
  /** Aborted when the start is given up. */
  readonly signal: AbortSignal;
}
