import type { Outcome } from '@millwright/workflow';

/** Ledger rows of "send again" count down from here: −10 for a call for a whole list, −11 for item 0, −12 for item 1… */
const FIRST = -10;

/** How a person wants a request sent again whose answer was lost: the vendor sees the same one, or another. */
export type SendAgain = 'sameKey' | 'newKey';

/** `itemIndex` of the row that says that an item is to be sent again. */
export function decisionIndex(itemIndex: number): number {
  return FIRST - 1 - itemIndex;
}

/** Whether an outcome is such a row. */
export function isDecision({ itemIndex }: { readonly itemIndex: number }): boolean {
  return itemIndex <= FIRST;
}

/** The item that such a row is about. */
export function itemOfDecision(index: number): number {
  return FIRST - 1 - index;
}

/** What such a row says, as it is stored: how, and about which try. Its own number need not be that try's, in a resumed run. */
export function wantedAgain(how: SendAgain, attempt: number): string {
  return `${how}:${attempt}`;
}

/** How the request is wanted again. */
export function sendAgainOf({ response }: Pick<Outcome, 'response'>): SendAgain {
  return typeof response === 'string' && response.startsWith('newKey') ? 'newKey' : 'sameKey';
}

/** The try whose answer was lost. Older rows do not say it: there their own number is. */
export function tryOf({ response, attempt }: Pick<Outcome, 'response' | 'attempt'>): number {
  const said = typeof response === 'string' ? response.split(':')[1] : undefined;
  return said === undefined ? attempt : Number(said);
}
