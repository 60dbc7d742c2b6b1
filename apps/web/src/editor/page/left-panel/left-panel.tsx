import type { Problem } from '@millwright/workflow';
import { PanelLeftClose } from 'lucide-react';
import { useEffect } from 'react';
import { IconButton } from '../../../ui/controls/icon-button.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { useEditor, useInterface } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { FindPanel } from '../../find/find-panel.tsx';
import { Outline } from './outline.tsx';

/** Time that the canvas takes to learn its new width, ms. */
const RESIZE_MS = 60;

const NO_PROBLEMS: readonly Problem[] = [];

/** At the left of the canvas: one panel at a time, closed until it is asked for. Escape goes back to the canvas. */
export function LeftPanel({ problems = NO_PROBLEMS }: { readonly problems?: readonly Problem[] }) {
  const { ui, camera } = useEditor();
  const { t } = useTexts();
  const panel = useInterface((state) => state.leftPanel);
  const isOpen = panel !== null;
  useEffect(() => {
    // The canvas has another width now: what was in view may be behind its edge.
    const timer = setTimeout(() => {
      const { focusedNode } = ui.getState();
      if (focusedNode !== null) camera.current?.reveal(focusedNode);
    }, RESIZE_MS);
    return () => clearTimeout(timer);
  }, [isOpen, ui, camera]);
  if (panel === null) return null;
  const close = (): void => {
    ui.setState({ leftPanel: null });
    camera.current?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape anywhere inside leads back to the canvas
    <aside
      aria-label={t('leftPanel.label')}
      data-left-panel=""
      className="flex min-h-0 w-70 shrink-0 flex-col border-r border-border bg-surface [contain:layout_style] max-lg:absolute max-lg:inset-y-0 max-lg:left-0 max-lg:z-10"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.stopPropagation();
        camera.current?.focus();
      }}
    >
      <Tabs
        label={t('leftPanel.label')}
        value={panel}
        onChange={(next) => ui.setState({ leftPanel: next })}
        panelClassName="flex min-h-0 flex-1 flex-col"
        aside={<IconButton size="sm" label={t('leftPanel.close')} icon={<PanelLeftClose size={15} />} onClick={close} />}
        tabs={[
          { value: 'outline', label: t('leftPanel.outline'), content: <Outline problems={problems} /> },
          { value: 'find', label: t('find.title'), content: <FindPanel /> },
        ]}
      />
    </aside>
  );
}
