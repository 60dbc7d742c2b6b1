import type { Problem } from '@millwright/workflow';
import { X } from 'lucide-react';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { DataPanel } from '../inspector/data-panel.tsx';
import { useEditor, useInterface } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { ProblemList } from './problem-list.tsx';
import { RunsDrawer } from './runs-drawer.tsx';

function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  const { t } = useTexts();
  if (problems.length === 0) return <p className="p-4 text-body text-text-2">{t('page.noProblems')}</p>;
  return (
    <div className="p-1.5">
      <ProblemList problems={problems} />
    </div>
  );
}

/** Below the canvas: data to map, problems, latest runs. */
export function Drawer({ problems }: { readonly problems: readonly Problem[] }) {
  const { ui } = useEditor();
  const { t } = useTexts();
  const drawer = useInterface((state) => state.drawer);
  if (drawer === null) return null;
  const badge = problems.length > 0 ? <span className="num text-text-3">{problems.length}</span> : null;
  return (
    <section
      aria-label={t('drawer.label')}
      className="flex h-60 shrink-0 flex-col border-t border-border bg-surface [contain:layout_style]"
    >
      <Tabs
        label={t('drawer.label')}
        value={drawer}
        onChange={(next) => ui.setState({ drawer: next })}
        panelClassName="flex min-h-0 flex-1 flex-col overflow-y-auto"
        aside={<IconButton size="sm" label={t('drawer.close')} icon={<X size={15} />} onClick={() => ui.setState({ drawer: null })} />}
        tabs={[
          { value: 'data', label: t('drawer.data'), content: <DataPanel /> },
          { value: 'problems', label: t('page.problemsTitle'), badge, content: <Problems problems={problems} /> },
          { value: 'runs', label: t('page.runs'), content: <RunsDrawer /> },
        ]}
      />
    </section>
  );
}
