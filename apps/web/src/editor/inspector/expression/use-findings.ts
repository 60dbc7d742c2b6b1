import type { Diagnostic } from '@millwright/expressions/browser';
import { useEffect, useState } from 'react';
import type { PreviewAim } from './preview-scope.ts';

/** Pause in typing before the text is looked through, ms. */
const LOOK_AFTER_MS = 120;

const none: readonly Diagnostic[] = [];

/** What is wrong with a text, a moment after the last key; nothing while that is not known. */
export function useFindings(source: string, aim: PreviewAim | null): readonly Diagnostic[] {
  const [found, setFound] = useState({ source: '', findings: none });
  useEffect(() => {
    if (!aim || !source.includes('{{')) return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      void import('./evaluate.ts')
        .then(({ findingsIn, withParts }) => withParts(() => findingsIn(source, aim)))
        .then(
          (findings) => {
            if (isCurrent) setFound({ source, findings });
          },
          // What cannot be looked at has no findings.
          () => undefined,
        );
    }, LOOK_AFTER_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [source, aim]);
  return found.source === source ? found.findings : none;
}
