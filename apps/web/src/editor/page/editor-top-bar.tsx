import type { Problem } from '@millwright/workflow';
import { FileClock, History, Play, Redo2, Rocket, Settings2, TriangleAlert, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../api/session.ts';
import { TopBar } from '../../shell/top-bar.tsx';
import { Button } from '../../ui/controls/button.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Pill } from '../../ui/states/pill.tsx';
import { keysOf } from '../core/actions/keymap.ts';
import { keyCaps } from '../core/actions/shortcuts.ts';
import { findAction } from '../core/actions/registry.ts';
import { useDocument, useEditor, useHistory } from '../session-context.ts';
import type { DraftSync } from '../sync/draft-sync.ts';
import { useTexts } from '../texts.ts';
import { PeopleBar } from './people/people-bar.tsx';
import { SavePill } from './save-pill.tsx';
import { StatePills, StateStrip, useNarrow } from './state/state-pills.tsx';
import { WorkflowName } from './workflow-name.tsx';

function HistoryButtons() {
  const session = useEditor();
  const { say } = useTexts();
  const { canUndo, canRedo } = useHistory();
  const keys = (id: string): readonly string[] => keyCaps(keysOf(findAction(id) ?? { id, keys: [] })[0] ?? '');
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
      <span className="num max-[56rem]:sr-only">{t('page.problems', { count: problems.length })}</span>
      <span className="num min-[56rem]:hidden" aria-hidden="true">
        {problems.length}
      </span>
    </Button>
  );
}

/** What opens beside or above the canvas: the latest runs, the settings of the workflow. */
function PanelButtons() {
  const { ui, requests } = useEditor();
  const { t, say } = useTexts();
  return (
    <>
      <IconButton
        label={t('page.runs')}
        icon={<History size={16} />}
        onClick={() => ui.setState((state) => ({ drawer: state.drawer === 'runs' ? null : 'runs' }))}
      />
      <IconButton label={say('actions.versions')} icon={<FileClock size={16} />} onClick={() => requests.openVersions?.()} />
      <IconButton
        label={say('actions.workflowSettings')}
        icon={<Settings2 size={16} />}
        onClick={() => ui.setState({ dialog: 'settings' })}
      />
    </>
  );
}

/** Runs the live version, and publishes the draft. */
function MainButtons({ isNarrow }: { readonly isNarrow: boolean }) {
  const session = useEditor();
  const { t } = useTexts();
  const canPublish = useCan('workflows.publish');
  const canRun = useCan('runs.start');
  const hasManual = useDocument().nodes.some((node) => node.type === 'core.manual');
  return (
    <>
      {hasManual && canRun ? (
        <Button onClick={session.requests.startRun}>
          <Play size={15} aria-hidden="true" />
          {t('page.run')}
        </Button>
      ) : null}
      {canPublish && !session.isReadOnly && !isNarrow ? (
        <Button variant="primary" onClick={() => session.ui.setState({ dialog: 'publish' })}>
          <Rocket size={15} aria-hidden="true" />
          {t('page.publish')}
        </Button>
      ) : null}
    </>
  );
}

/** What a narrow window has no room for in the bar; one can publish there, though the canvas cannot be edited. */
function NarrowStrip({ problems }: { readonly problems: readonly Problem[] }) {
  const { ui } = useEditor();
  const { t } = useTexts();
  const canPublish = useCan('workflows.publish');
  return (
    <StateStrip>
      <PeopleBar />
      <ProblemsButton problems={problems} />
      {canPublish ? (
        <IconButton label={t('page.publish')} icon={<Rocket size={16} />} onClick={() => ui.setState({ dialog: 'publish' })} />
      ) : null}
    </StateStrip>
  );
}

/** Name, draft and live, saved; undo, problems, runs, run, publish. */
export function EditorTopBar({ sync, problems }: { readonly sync: DraftSync; readonly problems: readonly Problem[] }) {
  const { isReadOnly } = useEditor();
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const isNarrow = useNarrow();
  return (
    <>
      <TopBar
        crumbs={[{ label: core('nav.workflows'), link: { to: '/workflows' } }, { label: <WorkflowName /> }]}
        status={
          <>
            {isNarrow ? null : <StatePills />}
            <SavePill sync={sync} />
          </>
        }
        actions={
          <>
            {isNarrow ? null : <PeopleBar />}
            {isReadOnly && !isNarrow ? <Pill>{t('page.readOnly')}</Pill> : null}
            {isReadOnly ? null : <HistoryButtons />}
            {isNarrow ? null : <ProblemsButton problems={problems} />}
            <PanelButtons />
            <MainButtons isNarrow={isNarrow} />
          </>
        }
      />
      {isNarrow ? <NarrowStrip problems={problems} /> : null}
    </>
  );
}
