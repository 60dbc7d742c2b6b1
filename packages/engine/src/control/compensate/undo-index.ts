/**
 * What undoes a section stands in the ledger under this and the section's own number, where every node run of the section has its
 * number too: so a resumed run knows which sections were undone. No node run is numbered as high.
 */
export const UNDO_INDEX = 2 ** 40;
