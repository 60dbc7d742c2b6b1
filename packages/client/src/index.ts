import { createCalls, type Client } from './generated.ts';
import { createTransport, type TransportOptions } from './transport.ts';

export { ApiError } from './api-error.ts';
export type { WatchOptions } from './events.ts';
export type { Client } from './generated.ts';
export type { CallOptions, TransportOptions } from './transport.ts';

/**
 * The API as typed functions: `createClient().workflows.get({ workflowId })`.
 * Path and query parameters stand side by side in the input, the JSON body under `body`, the draft's revision under `revision`.
 * Each call throws `ApiError` unless the answer is 2xx.
 */
export function createClient(options: TransportOptions = {}): Client {
  return createCalls(createTransport(options));
}
