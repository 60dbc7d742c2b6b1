import type { OwnerId } from '@millwright/core';
import type { Timers } from '../timers.ts';

/** Where a simulation has hold of a process in memory. Whatever is absent: nothing waits there, and nothing is away. */
export interface CommitPoints {
  /** Its id. Default: a new one. */
  readonly owner?: OwnerId;
  /** For what leaves later. Default: the machine's. */
  readonly timers?: Timers;
  /** Before rows are read or stored. Rejects with a TransientError when the database is away: nothing is read or stored. */
  readonly before?: (what: 'read' | 'commit') => Promise<void>;
  /** After rows were stored. Rejects with a TransientError when the answer is lost: they are stored, and nobody hears of it. */
  readonly after?: () => Promise<void>;
  /** Whether it renewed its lease lately enough to send. Default: always. */
  readonly canSend?: () => boolean;
}
