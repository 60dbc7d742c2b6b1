import type { WorkflowDocument } from '@millwright/workflow';
import { Link } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { errorWords } from '../api/error-words.ts';
import { usePageTitle } from '../router/use-page-title.ts';
import { TopBar } from '../shell/top-bar.tsx';
import { Button } from '../ui/controls/button.tsx';
import { buttonClass } from '../ui/controls/button-class.ts';
import { CopyButton } from '../ui/controls/copy-button.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { Outline } from './page/left-panel/outline.tsx';
import { OpeningCanvas } from './page/opening.tsx';
import { PaneBoundary } from './page/pane-boundary.tsx';
import { useEditorSession, useOpenedDraft } from './page/session/use-editor-session.ts';
import { useCatalog } from './page/session/use-session-parts.ts';
import { SavePill } from './page/save-pill.tsx';
import { SessionContext, useDocument } from './session-context.ts';
import type { DraftSync } from './sync/draft-sync.ts';
import { useTexts } from './texts.ts';

const NO_PROBLEMS = [] as const;

/** Hands the content over as a file; no address of ours is involved. */
function download(document: WorkflowDocument, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = window.document.createElement('a');
  link.href = address;
  link.download = `${document.name.replaceAll(/[^\p{L}\p{N} _-]/gu, '').trim() || 'workflow'}.json`;
  link.click();
  URL.revokeObjectURL(address);
}

/** The draft as text, to be copied, kept or looked at. */
function Content() {
  const document = useDocument();
  const { t } = useTexts();
  const text = useMemo(() => JSON.stringify(document, null, 2), [document]);
  return (
    <section aria-label={t('safe.content')} className="flex min-h-80 min-w-0 flex-1 flex-col gap-2 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto text-panel font-semibold">{t('safe.content')}</h2>
        <CopyButton text={text} />
        <Button onClick={() => download(document, text)}>
          <Download size={14} aria-hidden="true" />
          {t('safe.download')}
        </Button>
      </div>
      <textarea
        readOnly
        spellCheck={false}
        aria-label={t('safe.content')}
        value={text}
        className="min-h-0 flex-1 resize-none rounded-card border border-border-strong bg-surface p-3 font-mono text-secondary"
      />
    </section>
  );
}

function SafeBody({ sync, workflowId }: { readonly sync: DraftSync; readonly workflowId: string }) {
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const { name } = useDocument();
  usePageTitle(name);
  return (
    <>
      <TopBar
        crumbs={[{ label: core('nav.workflows'), link: { to: '/workflows' } }, { label: <h1 tabIndex={-1}>{name}</h1> }]}
        status={<SavePill sync={sync} />}
        actions={
          <Link to="/workflows/$workflowId" params={{ workflowId }} reloadDocument className={buttonClass('primary')}>
            {t('safe.leave')}
          </Link>
        }
      />
      <p className="border-b border-border bg-surface px-4 py-2 text-body text-text-2">{t('safe.intro')}</p>
      <div className="flex min-h-0 flex-1 overflow-y-auto max-md:flex-col">
        <section
          aria-label={t('leftPanel.outline')}
          className="flex min-h-60 w-80 shrink-0 flex-col border-r border-border bg-surface max-md:w-full"
        >
          <h2 className="px-3 pt-4 pb-2 text-panel font-semibold">{t('leftPanel.outline')}</h2>
          <PaneBoundary pane="leftPanel" hasSafeOpen={false}>
            <Outline problems={NO_PROBLEMS} />
          </PaneBoundary>
        </section>
        <Content />
      </div>
    </>
  );
}

/** Waits for the content, as the editor does. */
function Opened({ sync, workflowId }: { readonly sync: DraftSync; readonly workflowId: string }) {
  const { isReady } = useStore(sync.state);
  return isReady ? <SafeBody sync={sync} workflowId={workflowId} /> : <OpeningCanvas />;
}

/**
 * A workflow without canvas, fields and runs: for the day on which the editor cannot draw it. Nothing can be changed here,
 * what is on the server and on this device can be read and taken along.
 * @param workflowId id of the workflow; give the component a `key` of it
 */
export function SafePage({ workflowId }: { readonly workflowId: string }) {
  const { t: core } = useTranslation('core');
  const catalog = useCatalog();
  const opened = useOpenedDraft(workflowId);
  const { session } = useEditorSession(opened?.draft ?? null, {
    workflowId,
    catalog: catalog.catalog,
    isReadOnly: true,
    problems: NO_PROBLEMS,
  });
  if (!catalog.catalog && catalog.error)
    return <ErrorState title={core('errors.title')} words={errorWords(catalog.error, core)} onRetry={catalog.retry} />;
  if (!session || !opened) return <OpeningCanvas />;
  return (
    <SessionContext value={session}>
      <Opened sync={opened.sync} workflowId={workflowId} />
    </SessionContext>
  );
}
