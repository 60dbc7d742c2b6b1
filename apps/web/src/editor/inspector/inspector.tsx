import { PanelRightClose } from 'lucide-react';
import type { Problem, WorkflowNode } from '@millwright/workflow';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { toFillIn } from '../canvas/steps/step-state.ts';
import { soleSelection } from '../core/state/interface-store.ts';
import { typeDescription } from '../look/type-words.ts';
import { findNode } from '../core/graph/graph-queries.ts';
import { useDocumentPart, useEditor, useInterface, useNode, useTypeOf } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { ConnectionFields } from './connection/connection-fields.tsx';
import { PastedNotice } from './connection/pasted-notice.tsx';
import { CodeWalls } from './program/code-walls.tsx';
import { ParameterForm } from './parameter-form.tsx';
import { ResizeEdge, usePanelWidth } from './panel-width.tsx';
import { SettingsForm } from './settings-form.tsx';
import { StepHeader } from './step-header.tsx';
import { TriggerPanel } from './trigger/trigger-panel.tsx';
import { WebhookPanel } from './webhook/webhook-panel.tsx';
import { RecordSample } from '../source-faults/record-sample.tsx';
import { SourceFaultNotice } from '../source-faults/source-fault-notice.tsx';
import { useFocusWanted } from './use-focus-wanted.ts';
import { useTellField } from './use-tell-field.ts';

const NO_PROBLEMS: readonly Problem[] = [];

function Setup({ node, problems }: { readonly node: WorkflowNode; readonly problems: readonly Problem[] }) {
  const { t, language } = useTexts();
  const info = useTypeOf(node);
  if (!info) {
    return (
      <div className="p-4 text-body">
        <p className="font-medium">{t('inspector.notInstalled', { type: node.type, version: node.version })}</p>
        <p className="text-text-2">{t('inspector.notInstalledHint')}</p>
      </div>
    );
  }
  const missing = toFillIn(node, info);
  return (
    <div className="flex flex-col gap-4 p-4">
      <SourceFaultNotice nodeId={node.id} />
      <p className="text-secondary text-text-2">{typeDescription(info, language)}</p>
      {info.type === 'core.webhook' ? <WebhookPanel node={node} /> : null}
      {info.connectorTrigger === undefined ? null : <TriggerPanel node={node} />}
      {info.effect === 'code' ? <CodeWalls node={node} /> : null}
      <PastedNotice node={node} info={info} />
      <ConnectionFields node={node} info={info} problems={problems} />
      <ParameterForm node={node} info={info} problems={problems} />
      <RecordSample node={node} info={info} />
      {missing > 0 ? (
        <p role="status" className="text-secondary text-text-2">
          {t('card.toFillIn', { count: missing })}
        </p>
      ) : null}
    </div>
  );
}

function StepPanel({ nodeId, problems }: { readonly nodeId: string; readonly problems: readonly Problem[] }) {
  const { t } = useTexts();
  const node = useNode(nodeId);
  const info = useTypeOf(node);
  const [tab, setTab] = useState<'setup' | 'settings'>('setup');
  const body = useRef<HTMLDivElement>(null);
  useFocusWanted(body, nodeId, setTab);
  useTellField(body, nodeId);
  if (!node) return null;
  const own = problems.filter((problem) => problem.nodeId === nodeId);
  return (
    <div ref={body} className="flex min-h-0 flex-1 flex-col">
      <StepHeader node={node} info={info} />
      <Tabs
        label={t('inspector.tabs')}
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'setup', label: t('inspector.setup'), content: <Setup key={nodeId} node={node} problems={own} /> },
          {
            value: 'settings',
            label: t('inspector.settings'),
            content: (
              <div className="p-4">
                <SettingsForm key={nodeId} node={node} info={info} />
              </div>
            ),
          },
        ]}
      />
    </div>
  );
}

/** Time that the canvas takes to learn its new width, ms. */
const RESIZE_MS = 60;

/** The docked panel of the one selected step: 360 px at first, resizable, Escape goes back to the canvas. */
export function Inspector({ problems = NO_PROBLEMS }: { readonly problems?: readonly Problem[] | undefined }) {
  const { ui, camera } = useEditor();
  const { t } = useTexts();
  const chosen = useInterface(soleSelection);
  // Notes and sections have nothing to fill in.
  const nodeId = useDocumentPart((document) => (chosen !== null && findNode(document, chosen) ? chosen : null));
  const isOpen = useInterface((state) => state.isInspectorOpen);
  const [width, setWidth] = usePanelWidth();
  useEffect(() => {
    if (nodeId === null || !isOpen) return undefined;
    const timer = setTimeout(() => camera.current?.reveal(nodeId), RESIZE_MS);
    return () => clearTimeout(timer);
  }, [nodeId, isOpen, camera]);
  if (!isOpen || nodeId === null) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape anywhere inside leads back to the canvas
    <aside
      aria-label={t('inspector.label')}
      style={{ width }}
      className="relative flex min-h-0 shrink-0 flex-col border-l border-border bg-surface [contain:layout_style] max-md:absolute max-md:inset-y-0 max-md:right-0 max-md:z-10 max-md:max-w-[calc(100%-48px)]"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.stopPropagation();
        camera.current?.focus();
      }}
    >
      <ResizeEdge width={width} onResize={setWidth} />
      <IconButton
        label={t('inspector.close')}
        icon={<PanelRightClose size={16} />}
        size="sm"
        className="absolute top-2.5 right-2"
        onClick={() => (ui.setState({ isInspectorOpen: false }), camera.current?.focus())}
      />
      <StepPanel nodeId={nodeId} problems={problems} />
    </aside>
  );
}
