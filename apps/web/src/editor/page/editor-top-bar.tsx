import type { Problem } from '@millwright/workflow';
import { useQuery } from '@tanstack/react-query';
import { History, Play, Redo2, Rocket, Settings2, TriangleAlert, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../api/session.ts';
import { TopBar } from '../../shell/top-bar.tsx';
import { Button } from '../../ui/controls/button.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Pill } from '../../ui/states/pill.tsx';
import { keyCaps } from '../core/actions/shortcuts.ts';
import { findAction } from '../core/actions/registry.ts';
import { workflowQuery } from '../inspector/webhook/endpoint.ts';
import { useDocument, useEditor, useHistory } from '../session-context.ts';
import type { DraftSync } from '../sync/draft-sync.ts';
import { useTexts } from '../texts.ts';
import { SavePill } from './save-pill.tsx';
import { WorkflowName } from './workflow-name.tsx';

/** Draft and live, always both: what is edited here, and what runs. */
function StatePills() {
  const { workflowId } = useEditor();
  const { t } = useTexts();
  const { data } = useQuery(workflowQuery(workflowId));
  if (!data) return null;
  const { liveVersion, draft, state } = data;
  return (
    <>
      {draft.changed || !liveVersion ? <Pill tone="accent">{liveVersion ? t('page.draftChanged') : t('page.draft')}</Pill> : null}
      {liveVersion ? (
        <Pill tone={state === 'off' ? 'neutral' : 'success'}>
          {state === 'off' ? t('page.off', { number: liveVersion.number }) : t('page.live', { number: liveVersion.number })}
        </Pill>
      ) : (
        <Pill>{t('page.notLive')}</Pill>
      )}
    </>
  );
}

function HistoryButtons() {
  const session = useEditor();
  const { say } = useTexts();
  const { canUndo, canRedo } = useHistory();
  const keys = (id: string): readonly string[] => keyCaps(findAction(id)?.keys[0] ?? '');
  return (
    <>
      <IconButton
        label={say('actions.undo')}
        keys={keys('undo')}
        icon={<Undo2 size={16} />}
        disabled={!canUndo}
        onClick={session.draft.undo}
      />
      <IconButton
        label={say('actions.redo')}
        keys={keys('redo')}
        icon={<Redo2 size={16} />}
        disabled={!canRedo}
        onClick={session.draft.redo}
      />
    </>
  );
}

function ProblemsButton({ problems }: { readonly problems: readonly Problem[] }) {
  const { ui } = useEditor();
  const { t } = useTexts();
  const errors = problems.filter((problem) => problem.level === 'error').length;
  if (problems.length === 0) return null;
  return (
    <Button variant="quiet" onClick={() => ui.setState((state) => ({ drawer: state.drawer === 'problems' ? null : 'problems' }))}>
      <TriangleAlert size={15} className={errors > 0 ? 'text-status-failed' : 'text-status-retrying'} aria-hidden="true" />
      <span className="num">{t('page.problems', { count: problems.length })}</span>
    </Button>
  );
}

/** What opens beside or above the canvas: the latest runs, the settings of the workflow. */
function PanelButtons() {
  const { ui } = useEditor();
  const { t, say } = useTexts();
  return (
    <>
      <IconButton
        label={t('page.runs')}
        icon={<History size={16} />}
        onClick={() => ui.setState((state) => ({ drawer: state.drawer === 'runs' ? null : 'runs' }))}
      />
      <IconButton
        label={say('actions.workflowSettings')}
        icon={<Settings2 size={16} />}
        onClick={() => ui.setState({ dialog: 'settings' })}
      />
    </>
  );
}

/** Name, draft and live, saved; undo, problems, runs, run, publish. */
export function EditorTopBar({ sync, problems }: { readonly sync: DraftSync; readonly problems: readonly Problem[] }) {
  const session = useEditor();
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const canPublish = useCan('workflows.publish');
  const canRun = useCan('runs.start');
  const hasManual = useDocument().nodes.some((node) => node.type === 'core.manual');
  return (
    <TopBar
      crumbs={[{ label: core('nav.workflows'), link: { to: '/workflows' } }, { label: <WorkflowName /> }]}
      status={
        <>
          <span className="contents max-sm:hidden">
            <StatePills />
          </span>
          <SavePill sync={sync} />
        </>
      }
      actions={
        <>
          {session.isReadOnly ? (
            <Pill>{t('page.readOnly')}</Pill>
          ) : (
            <span className="contents max-sm:hidden">
              <HistoryButtons />
            </span>
          )}
          <ProblemsButton problems={problems} />
          <PanelButtons />
          {hasManual && canRun ? (
            <Button onClick={session.requests.startRun}>
              <Play size={15} aria-hidden="true" />
              {t('page.run')}
            </Button>
          ) : null}
          {canPublish && !session.isReadOnly ? (
            <Button variant="primary" onClick={() => session.ui.setState({ dialog: 'publish' })}>
              <Rocket size={15} aria-hidden="true" />
              {t('page.publish')}
            </Button>
          ) : null}
        </>
      }
    />
  );
}
