import type { Plug } from '@millwright/api';
import type { ServerConfig } from './config.ts';

/** How the settings may kill this process: only where it is the whole server, and the supervisor starts it again. */
export function plugOf(config: Pick<ServerConfig, 'MILLWRIGHT_ROLE' | 'MILLWRIGHT_SUPERVISED'>): { readonly plug?: Plug } {
  if (config.MILLWRIGHT_ROLE !== 'all' || !config.MILLWRIGHT_SUPERVISED) return {};
  return { plug: { processId: process.pid, pull: () => void process.kill(process.pid, 'SIGKILL') } };
}
