import type { NodeTypeInfo, Problem } from '@millwright/workflow';
import { type FaultWords, problemWords } from '../../api/fault-words.ts';
import { parameterText } from '../look/type-words.ts';
import type { useTexts } from '../texts.ts';

/** A finding in the language of the interface, with the field's name as the form shows it. */
export function findingWords(
  problem: Problem,
  info: NodeTypeInfo | undefined,
  { faults, language }: Pick<ReturnType<typeof useTexts>, 'faults' | 'language'>,
): FaultWords {
  const { field, title } = problem.values ?? {};
  const key = /^[^.[]+/.exec(String(field ?? ''))?.[0];
  if (!info || key === undefined || title === undefined) return problemWords(problem, faults);
  return problemWords(problem, faults, parameterText(info, language, { path: `${key}.title`, english: String(title) }));
}
