/** Ledger rows of "send again" count down from here: −10 for a call for a whole list, −11 for item 0, −12 for item 1… */
const FIRST = -10;

/** How a person wants a request sent again whose answer was lost: the vendor sees the same one, or another. */
export type SendAgain = 'sameKey' | 'newKey';

/** `itemIndex` of the row that says that an item is to be sent again; `attempt` there is the try whose answer was lost. */
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
