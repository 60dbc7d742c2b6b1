import type { ConnectorChangesView } from '@millwright/contracts';
import { InvariantError, UserError } from '@millwright/core';
import type { ImportedDescription } from '../deps.ts';
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

/** The refusal to store another description than the one that was looked at. */
export function descriptionChanged(): UserError {
  return new UserError('unprocessable', {
    code: 'description_changed',
    message: 'the description is another one than you looked at',
    hint: 'Read it again, and look at what is in it now.',
  });
}

/** An address without its query: that may hold a key. */
export function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}

/** Where a description came from, as people are told: its address, or the file's name. */
export function sourceOf(source: { readonly url: string } | { readonly text: string }, fileName: string | undefined): string {
  return 'url' in source ? withoutQuery(source.url) : (fileName ?? 'text');
}

/** What an import changes in the versions that it was given. */
export function changesOf({ changes }: ImportedDescription): ConnectorChangesView {
  if (changes !== undefined) return changes;
  throw new InvariantError({ code: 'import_uncompared', message: 'an import was not compared with what was there' });
}
