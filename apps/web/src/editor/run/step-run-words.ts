import type { RunError } from '@millwright/workflow';
import type { StepRun } from '../core/state/overlay-store.ts';
import type { useTexts } from '../texts.ts';

type Texts = Pick<ReturnType<typeof useTexts>, 'say' | 'has' | 't'>;

/** An error in plain words: what happened, and what to do. */
export function errorText(error: RunError, { say, has, t }: Texts): { readonly what: string; readonly next: string } {
  const key = `runError.${error.code}`;
  const what = has(key) ? say(key) : error.message;
  const item = error.itemIndex === undefined ? what : t('run.errorInItem', { number: error.itemIndex + 1, text: what });
  return { what: item, next: error.hint ?? '' };
}

/** Why a step was skipped or canceled; empty for none. */
export function reasonText(run: StepRun, { say, has }: Pick<Texts, 'say' | 'has'>): string {
  const key = `run.reason.${run.reason ?? ''}`;
  return run.reason !== null && has(key) ? say(key) : '';
}
