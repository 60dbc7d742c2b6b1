import type { RunError } from '@millwright/workflow';
import { runErrorWords } from '../../api/fault-words.ts';
import type { StepRun } from '../core/state/overlay-store.ts';
import type { useTexts } from '../texts.ts';

type Texts = ReturnType<typeof useTexts>;

/** An error in plain words: what happened, what to do, and the message as it was stored where our words name nothing. */
export function errorText(
  error: RunError,
  { faults, t }: Pick<Texts, 'faults' | 't'>,
): { readonly what: string; readonly next: string; readonly original: string } {
  const { text, hint, original } = runErrorWords(error, faults);
  return {
    what: error.itemIndex === undefined ? text : t('run.errorInItem', { number: error.itemIndex + 1, text }),
    next: hint,
    original: original === undefined ? '' : t('run.original', { text: original }),
  };
}

/** Where an error is: its code, the field, and the line of a program. */
export function placeText({ code, field, line }: RunError, { t }: Pick<Texts, 't'>): string {
  return [code, field, line === undefined ? undefined : t('run.inLine', { line })].filter(Boolean).join(' · ');
}

/** One line of several sentences, each with its full stop. */
export function sentences(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => (/[.!?…:]$/.test(part) ? part : `${part}.`))
    .join(' ');
}

/** Why a step was skipped or canceled; empty for none. */
export function reasonText(run: StepRun, { say, has }: Pick<Texts, 'say' | 'has'>): string {
  const key = `run.reason.${run.reason ?? ''}`;
  return run.reason !== null && has(key) ? say(key) : '';
}
