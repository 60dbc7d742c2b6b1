import { UserError } from '@millwright/core';

/** Items after which other work of the process may run. */
export const PAUSE_EVERY = 500;
/** Most items that a merge makes where it makes more than it gets. */
const MAX_MADE = 100_000;

/** @throws UserError `merge_too_large` when a result outgrows both the limit and its inputs */
export function refuseTooMany(count: number, inputs: readonly { readonly items: { readonly length: number } }[]): void {
  if (count <= MAX_MADE || count <= inputs.reduce((sum, { items }) => sum + items.length, 0)) return;
  throw new UserError('invalid', {
    code: 'merge_too_large',
    message: `the merge makes more than ${MAX_MADE.toLocaleString('en')} items`,
    hint: 'Filter the inputs first, or match by fields that fewer items share.',
    details: { field: 'mode' },
  });
}
