import type { Diagnostic } from '@millwright/expressions/browser';
import { useEffect, useState } from 'react';
import { useDocument, useEditor } from '../../session-context.ts';
import { usePreviewState } from '../preview-context.ts';
import { incoming } from '../samples.ts';
import type { ProgramLanguage } from './program-editor.tsx';

/** Pause in typing before a program is looked through, ms. */
const LOOK_AFTER_MS = 300;

const none: readonly Diagnostic[] = [];

/** What a program reads that no item of the latest run has, a moment after the last key; nothing while that is not known, and of Python. */
export function useProgramFindings(source: string, language: ProgramLanguage, nodeId: string): readonly Diagnostic[] {
  const { catalog } = useEditor();
  const document = useDocument();
  const samples = usePreviewState()?.samples;
  const [found, setFound] = useState({ source: '', findings: none });
  useEffect(() => {
    if (!samples || nodeId === '' || language === 'python' || source === '') return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      const { items, source: origin } = incoming({ document, catalog, samples }, nodeId);
      if (origin !== 'run') return setFound({ source, findings: none });
      const data = items.map(({ json }) => json);
      void import('./program-findings.ts').then(
        ({ findingsInProgram }) => {
          if (isCurrent) setFound({ source, findings: findingsInProgram(source, language === 'typescript', data) });
        },
        // Without a network nothing is said; the program can be written all the same.
        () => undefined,
      );
    }, LOOK_AFTER_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [source, language, nodeId, document, catalog, samples]);
  return found.source === source ? found.findings : none;
}
