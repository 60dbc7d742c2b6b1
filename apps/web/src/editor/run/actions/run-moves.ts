import type { RunSummary } from '@millwright/contracts';
import { isEnded } from '@millwright/workflow';

/** One thing that a person can do with a run. */
export type RunMove = 'resume' | 'rerun' | 'pause' | 'unpause' | 'cancel' | 'terminate';

/** The part of a run that decides what can be done with it. */
export type RunFacts = Pick<RunSummary, 'status'> & Partial<Pick<RunSummary, 'resumedByRunId' | 'pauseRequested' | 'cancelRequested'>>;

/** What can be done with a run as it stands, the most likely first. The server decides; this only leaves out what it would refuse. */
export function movesOf(run: RunFacts): readonly RunMove[] {
  if (isEnded(run.status)) {
    const canResume = run.status !== 'succeeded' && run.resumedByRunId === undefined;
    return canResume ? ['resume', 'rerun'] : ['rerun'];
  }
  const moves: RunMove[] = [];
  if (run.cancelRequested !== true) moves.push(run.pauseRequested === true ? 'unpause' : 'pause', 'cancel');
  return [...moves, 'terminate'];
}
