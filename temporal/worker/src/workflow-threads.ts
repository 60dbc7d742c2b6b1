import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkerOptions as ThreadOptions } from 'node:worker_threads';

/** File that the SDK runs in its workflow threads. */
const SDK_THREAD_FILE = 'workflow-worker-thread';

/** What workflow threads load first. */
export const PRELOAD_FILE = fileURLToPath(new URL('./workflow-thread-preload.ts', import.meta.url));

type ThreadModule = { Worker: new (file: string | URL, options?: ThreadOptions) => object };

/**
 * Runs `work`, giving each workflow thread that the SDK starts meanwhile the preload. Other threads are left alone.
 * The SDK offers no option for it; a test fails when it no longer starts its threads this way.
 */
export async function withThreadPreload<T>(work: () => Promise<T>): Promise<T> {
  const threads: ThreadModule = createRequire(import.meta.url)('node:worker_threads');
  const Original = threads.Worker;
  threads.Worker = class extends Original {
    constructor(file: string | URL, options: ThreadOptions = {}) {
      const isWorkflowThread = typeof file === 'string' && path.basename(file, '.js') === SDK_THREAD_FILE;
      // Not the process' own arguments beside it: Node refuses some of them for threads once they are named.
      super(file, isWorkflowThread ? { ...options, execArgv: [...(options.execArgv ?? []), '--require', PRELOAD_FILE] } : options);
    }
  };
  try {
    return await work();
  } finally {
    threads.Worker = Original;
  }
}
