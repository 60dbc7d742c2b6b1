import { UserError } from '@millwright/core';
import { WRITE_RULES } from '../registry/route.ts';

/** Rules of requests that hold a description: large ones are a few MB, and what a connector reaches is a matter of the network. */
export const DESCRIPTION_RULES = { ...WRITE_RULES, bodyLimitBytes: 10 * 1024 * 1024, permission: 'network.manage' } as const;

/** The refusal where descriptions are not read, or what is made of them is not kept. */
export function importUnavailable(): UserError {
  return new UserError('forbidden', {
    code: 'import_unavailable',
    message: 'connectors are not made of descriptions here',
    hint: 'Use `millwright new:node` to make a node package of the description.',
  });
}

/** An address without its query: that may hold a key. */
export function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}
