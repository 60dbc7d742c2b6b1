import type { Problem } from '@millwright/workflow';
import type { useTexts } from '../texts.ts';

/** A problem in the language of the interface; the server's English where we have no words for its code. */
export function problemWords(problem: Problem, { say, has, language }: Pick<ReturnType<typeof useTexts>, 'say' | 'has' | 'language'>): { readonly text: string; readonly hint: string } {
  const isEnglish = language.startsWith('en');
  const words = (kind: 'text' | 'hint', english: string): string => {
    const key = `problem.${problem.code}.${kind}`;
    return isEnglish || !has(key) ? english : say(key, problem.values ?? {});
  };
  return { text: words('text', problem.text), hint: words('hint', problem.hint ?? '') };
}
