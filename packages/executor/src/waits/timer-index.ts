/** `itemIndex` of timers and retries in the ledger. */
export const TIMER_INDEX = -2;
/** Of the end of the run's time, where the run has something to undo and so goes on for a while; the node run is the trigger's. */
export const DEADLINE_INDEX = -3;
