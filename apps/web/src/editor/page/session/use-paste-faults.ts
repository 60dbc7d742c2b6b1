import { useEffect } from 'react';
import { showToast } from '../../../ui/layers/toast.tsx';
import type { EditorSession } from '../../core/session.ts';
import { loadPanelTexts, useTexts } from '../../texts.ts';

/** Shows why a command that was pasted onto the canvas could not be read. */
export function usePasteFaults(session: EditorSession | null): void {
  const { t } = useTexts();
  useEffect(
    () =>
      session?.ui.subscribe(({ pasteFault }, before) => {
        if (pasteFault === null || pasteFault === before.pasteFault || pasteFault.nodeId !== null) return;
        const { line, column, message } = pasteFault;
        const tell = (): unknown =>
          showToast({ title: t('curl.fault'), description: t('curl.faultAt', { line, column, message }), tone: 'failed' });
        loadPanelTexts().then(tell, tell);
      }),
    [session, t],
  );
}
