import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Boundary } from '../../ui/boundary.tsx';
import { Button } from '../../ui/controls/button.tsx';
import { buttonClass } from '../../ui/controls/button-class.ts';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';

/** Parts of the editor that can fail by themselves. */
type Pane = 'canvas' | 'inspector' | 'drawer' | 'leftPanel';

/** Where the words stand: as wide as what they stand for. */
const PLACES: Readonly<Record<Pane, string>> = {
  canvas: 'absolute inset-0',
  inspector: 'w-90 shrink-0 border-l border-border max-md:w-full',
  drawer: 'h-60 shrink-0 border-t border-border',
  leftPanel: 'w-70 shrink-0 border-r border-border',
};

interface PaneBoundaryProps {
  readonly pane: Pane;
  readonly children: ReactNode;
  /** Another value tries again, such as another step. */
  readonly resetKey?: unknown;
  /** Whether the draft can be opened without this page; a past run cannot. Default true. */
  readonly hasSafeOpen?: boolean;
}

/** Says that a pane stopped working, and what helps. */
function FailedPane({ pane, onRetry, hasSafeOpen }: { readonly pane: Pane; readonly onRetry: () => void; readonly hasSafeOpen: boolean }) {
  const { workflowId } = useEditor();
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  return (
    <ErrorState
      title={t(`failedPane.${pane}`)}
      words={{ what: t('failedPane.what'), next: hasSafeOpen ? t('failedPane.next') : t('failedPane.nextInRun') }}
      actions={
        <>
          <Button variant="primary" onClick={onRetry}>
            {core('ui.retry')}
          </Button>
          {hasSafeOpen ? (
            // Loaded anew: whatever broke this page shall not live on.
            <Link to="/workflows/$workflowId" params={{ workflowId }} search={{ safe: 1 }} reloadDocument className={buttonClass()}>
              {core('ui.safeOpen')}
            </Link>
          ) : null}
        </>
      }
    />
  );
}

/** One pane of the editor: when it throws, it says so in words, and its neighbours go on working. */
export function PaneBoundary({ pane, children, resetKey, hasSafeOpen = true }: PaneBoundaryProps) {
  return (
    <Boundary
      resetKey={resetKey}
      fallback={(_error, retry) => (
        <div className={`overflow-y-auto bg-surface ${PLACES[pane]}`}>
          <FailedPane pane={pane} onRetry={retry} hasSafeOpen={hasSafeOpen} />
        </div>
      )}
    >
      {children}
    </Boundary>
  );
}
