import type { Logger } from '@millwright/platform';
import { LoggerWithComposedMetadata } from '@temporalio/common/lib/logger.js';
import { DefaultLogger, Runtime, type LogEntry } from '@temporalio/worker';

/** "Workflow task took long": normal here, segments may last ten seconds. */
const EXPECTED = 'TMPRL1104';

let isInstalled = false;

function write(log: Logger, entry: LogEntry): void {
  if (entry.message.includes(EXPECTED)) return;
  const meta: Readonly<Record<string, unknown>> = entry.meta ?? {};
  const fields = {
    ...(meta['workflowId'] === undefined ? {} : { runId: meta['workflowId'] }),
    ...(meta['taskQueue'] === undefined ? {} : { queue: meta['taskQueue'] }),
    ...(meta['error'] === undefined ? {} : { err: meta['error'] }),
    detail: entry.message,
  };
  if (entry.level === 'ERROR') log.error(fields, 'temporal');
  else log.warn(fields, 'temporal');
}

/**
 * Sets up the SDK's one runtime of this process: its warnings go to our log, and it leaves signals alone
 * (the process' own shutdown stops the workers). Later calls change nothing.
 */
export function installRuntime(log: Logger): void {
  if (isInstalled) return;
  isInstalled = true;
  // Nobody hears what is below a warning, yet the SDK would collect and sort its facts, some ten times a run.
  for (const level of ['trace', 'debug', 'info'] as const) LoggerWithComposedMetadata.prototype[level] = () => undefined;
  Runtime.install({
    logger: new DefaultLogger('WARN', (entry) => write(log, entry)),
    telemetryOptions: { logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} } },
    shutdownSignals: [],
  });
}
