import type { JsonObject, JsonValue } from '@millwright/core';
import type { Logger } from '@millwright/platform';

/** What a code node is written in. */
export type CodeLanguage = 'javascript' | 'typescript' | 'python';

/** How strong the walls are: L3 gVisor or a microVM, L2 bubblewrap, L1 Node's permission model alone (one tenant only). */
export type SandboxLevel = 'L3' | 'L2' | 'L1';

/** Handles of files of an item, by name. What a handle holds is the caller's business; code passes it on unchanged. */
export type FileHandles = Readonly<Record<string, JsonValue>>;

/** An item on its way into the code. */
export interface CodeItem {
  readonly json: JsonObject;
  readonly files?: FileHandles;
  /** The error that a node before left on the item. */
  readonly error?: JsonValue;
}

/** An item that the code returned. */
export interface CodeOutputItem {
  readonly json: JsonObject;
  /** Positions of the input items that it comes from; absent when nobody can tell. */
  readonly from?: readonly number[];
  /** Handles that came in with an input item or another node's items, or of files that the code made; never others. */
  readonly files?: FileHandles;
}

/** One call of `console`, or of Python's `print`. */
export interface CodeLog {
  /** The item under way; 0 when the code runs once for all items. */
  readonly itemIndex: number;
  readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug';
  /** Control characters are written out, long texts cut. */
  readonly text: string;
}

/** A request that the code asks for; the caller applies the egress rules. */
export interface BrokeredRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  /** Ends with the call. */
  readonly signal: AbortSignal;
  /** The largest answer that the code may get, in bytes. */
  readonly maxBytes: number;
}

/** An answer for the code; any status. */
export interface BrokeredResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Where it came from, after redirects. */
  readonly url: string;
}

/** A file that code makes. */
export interface CodeFile {
  /** As the code says; at most 255 characters, no path. */
  readonly fileName: string;
  /** As the code says, else told from the name. */
  readonly mimeType: string;
  /** Ends with an error when the code does before it was whole. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** What is in files, and new ones; the caller says where they are kept. What it throws is told to the code in words, if it is ours. */
export interface CodeFiles {
  /** The content behind a handle that the call was given; others never get here. */
  readonly read: (handle: JsonValue) => AsyncIterable<Uint8Array>;
  /** Stores a file while the code writes it. @returns its handle */
  readonly make: (file: CodeFile) => Promise<JsonObject>;
}

/** What `$('id')` gives: the items of one node. */
export interface CodeNodeData {
  readonly items: readonly CodeItem[];
  /** The position in `items` that belongs to each input item; null where there is none. */
  readonly paired?: readonly (number | null)[];
  /** Its parameters, as far as the code may read them. Default none. */
  readonly params?: JsonObject;
  /** What it keeps between its node runs. Default none. */
  readonly context?: JsonObject;
  /** Whether it ran. Default true. */
  readonly isExecuted?: boolean;
}

/** What the roots give. */
export interface CodeData {
  /** By what people write in `$('…')`: ids, names, or both. */
  readonly nodes?: Readonly<Record<string, CodeNodeData>>;
  /** The node that the items came from: `$prevNode`, `$input.params` and `$input.context`. Default unknown. */
  readonly previous?: { readonly name: string; readonly params?: JsonObject; readonly context?: JsonObject };
  readonly run?: JsonObject;
  readonly workflow?: JsonObject;
  readonly vars?: JsonObject;
  readonly env?: JsonObject;
  /** `$now`, in ms since 1970. Default 0. */
  readonly nowMs?: number;
  /** What `Math.random` derives from. Default empty. */
  readonly seed?: string | number;
  readonly itemIndex?: number;
  readonly runIndex?: number;
  /** IANA name for `$now`, `$today` and `DateTime`. Default UTC. */
  readonly timezone?: string;
}

/** One call of a code node. */
export interface CodeCall {
  readonly workspaceId: string;
  /** A process belongs to exactly one workspace and project. */
  readonly projectId: string;
  readonly language: CodeLanguage;
  readonly source: string;
  /** Once for all items, or once per item (all of them in this one call). */
  readonly mode: 'all' | 'each';
  readonly items: readonly CodeItem[];
  /** What roots give; see `CodeData`, which is what is read of it. */
  readonly data: CodeData | JsonObject;
  /** Wall clock, in ms, from the moment a process has the call. */
  readonly timeoutMs: number;
  /** Heap of the process, in MiB. Default: the runner's. */
  readonly memoryMb?: number;
  /** A process of its own that ends with the call. Default false. */
  readonly oneShot?: boolean;
  /** npm packages that `require` and `import` may load, from the admin's folder, and modules of Node (level L2 only). Default none. */
  readonly packages?: readonly string[];
  readonly signal?: AbortSignal;
  /** Absent: `fetch` is refused with `code_no_network`. */
  readonly fetch?: (request: BrokeredRequest) => Promise<BrokeredResponse>;
  /** Absent: files pass through by their handles, and nothing looks into them. */
  readonly files?: CodeFiles;
  /** Hears each log as it is written, also those of a call that fails later. */
  readonly onLog?: (log: CodeLog) => void;
}

/** What the code returned. */
export interface CodeResult {
  readonly items: readonly CodeOutputItem[];
  /** Bounded; see `LIMITS`. */
  readonly logs: readonly CodeLog[];
}

/** What a runner is made of now. */
export interface CodeRunnerStatus {
  readonly level: SandboxLevel;
  readonly python: boolean;
  /** Processes that belong to a workspace and project. */
  readonly processes: number;
  /** Processes that are started and belong to nobody yet. */
  readonly spares: number;
}

/** Runs code nodes. */
export interface CodeRunner {
  /**
   * Runs one call.
   * @throws UserError `code_failed`, `code_syntax`, `code_out_of_memory`, `code_timeout`, `code_result_invalid`, `code_too_much_output`,
   * `code_no_network`, `code_package_denied`, `code_processes`, `code_python_missing`; details carry `line`, `column` and `itemIndex`
   * where known
   * @throws TransientError `code_runner_lost` when our own machinery failed before the code started, or the runner was closed meanwhile
   * @throws the signal's reason when it aborts
   */
  readonly run: (call: CodeCall) => Promise<CodeResult>;
  readonly status: () => CodeRunnerStatus;
  /** Ends all processes; what is running fails with `code_runner_lost`. */
  readonly close: () => Promise<void>;
}

/** How a runner is made. */
export interface CodeRunnerOptions {
  readonly logger: Logger;
  /** Processes started ahead that belong to nobody yet. Default 2. */
  readonly spares?: number;
  /** Whether they are there before the first call, and stay after five minutes without one. Default true; false saves 17 MB each while nobody runs code. */
  readonly isWarm?: boolean;
  /** Processes at once, spares excluded. Default: eight per core, but no more than an eighth of the memory holds at 64 MiB each; at least 4. */
  readonly maxProcesses?: number;
  /** Heap of a process, in MiB. Default 128. */
  readonly memoryMb?: number;
  /** Every call has a process of its own. Default false. */
  readonly oneShot?: boolean;
  /** The folder that holds `node_modules` with the packages that calls may name. Default none. */
  readonly packagesFolder?: string;
  /** Weakest walls to run with; the runner refuses to start below. Default L1. */
  readonly atLeast?: SandboxLevel;
  /** The sandbox launcher. Default: `bwrap` in the usual places; null: none, so L1. */
  readonly bwrap?: string | null;
  /** The interpreter for Python. Default: `python3` in the usual places; null: none. */
  readonly python?: string | null;
}

/** Whether one wall stands. */
export interface WallProbe {
  readonly wall: string;
  readonly holds: boolean;
  /** What was tried, and what happened. */
  readonly how: string;
}
