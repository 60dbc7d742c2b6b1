/** After so many deaths a run goes on in a process of its own, so that what kills it is known and hurts nobody else. */
export const SUSPECT_LOSSES = 2;
/** After so many it has failed. */
export const POISON_LOSSES = 3;
