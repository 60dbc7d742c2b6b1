import type { Item } from '@millwright/workflow';

/** A program that a person wrote, to run over the items of the call at hand. */
export interface CodeProgram {
  readonly language: 'javascript' | 'typescript' | 'python';
  readonly source: string;
  /** Once for all items, or once per item. */
  readonly mode: 'all' | 'each';
  /** Ms until it is stopped by force. */
  readonly timeoutMs: number;
  /** In a process of its own, which ends with the call. */
  readonly oneShot: boolean;
}

/** Runs programs behind walls. What a program can reach (`$input`, `$('id')`, …) is given by the runtime. */
export interface CodePort {
  /**
   * @returns the items that the program gave, each with the input items that it came from where that is known
   * @throws UserError `code_…` with `details.line` where the program is to blame; TransientError when the machinery is away
   */
  readonly run: (program: CodeProgram) => Promise<readonly Item[]>;
}
