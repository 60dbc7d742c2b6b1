import { Handle, type NodeProps, Position } from '@xyflow/react';
import { ChevronsUpDown, Layers } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { sectionsOf } from '../../core/graph/annotations/sections.ts';
import { withContent } from '../../core/graph/removal.ts';
import { setCollapsed } from '../../core/state/interface-store.ts';
import { stepIn } from '../../core/state/overlay-store.ts';
import { useAnnotation, useDocument, useEditor, useInterface, useShowsRun } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import type { FlowNode } from '../flow-model.ts';
import { CardEnd, stepElementId } from '../steps/step-card.tsx';
import { joinedStatus } from '../steps/step-state.ts';
import { SectionName } from './section-node.tsx';

/** How all steps of a section stand in a run, in one sign. */
function useJoinedStatus(id: string) {
  const { catalog, overlay } = useEditor();
  const document = useDocument();
  const members = sectionsOf(document, catalog).find(id)?.members ?? [];
  const inside = withContent(document, catalog, new Set(members.map((node) => node.id)));
  const status = useStore(overlay, (state) => joinedStatus([...inside].map((nodeId) => stepIn(state, nodeId))));
  return { status, count: members.length };
}

function OpenButton({ id }: { readonly id: string }) {
  const { ui } = useEditor();
  const { t } = useTexts();
  return (
    <button
      type="button"
      tabIndex={-1}
      className="mw-section-fold nodrag nopan"
      aria-label={t('section.expand')}
      title={t('section.expand')}
      onClick={() => setCollapsed(ui, [id], false)}
    >
      <ChevronsUpDown size={14} aria-hidden="true" />
    </button>
  );
}

/** A collapsed section: one card in place of its steps, with one line for all that came in and went out. */
export const CollapsedNode = memo(function CollapsedNode({ id, selected }: NodeProps<FlowNode>) {
  const { ui } = useEditor();
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const section = useAnnotation(id);
  const { status, count } = useJoinedStatus(id);
  const showsRun = useShowsRun();
  const level = useInterface((state) => state.level);
  const isFocused = useInterface((state) => state.focusedNode === id);
  if (!section) return null;
  const name = section.text === '' ? t('section.unnamed') : section.text;
  const words = [name, t('section.role'), t('section.steps', { count }), t('section.collapsed'), status ? core(`status.${status}`) : ''];
  const shown = selected || isFocused || status === 'failed' ? 'full' : level;
  return (
    <div className="mw-step mw-collapsed" data-color={section.color} onDoubleClick={() => setCollapsed(ui, [id], false)}>
      <div
        id={stepElementId(id)}
        role="group"
        aria-roledescription={t('section.role')}
        aria-label={words.filter(Boolean).join(', ')}
        className="mw-card"
        style={{ height: 64 }}
        data-level={shown}
        data-selected={selected || undefined}
        data-focused={isFocused || undefined}
        data-status={status ?? (showsRun ? 'untouched' : undefined)}
      >
        <span className="mw-card-icon">
          <Layers size={20} aria-hidden="true" />
        </span>
        <span className="mw-card-text">
          <SectionName id={id} name={section.text} />
          <span className="mw-card-line">{t('section.steps', { count })}</span>
        </span>
        <CardEnd status={status} count={null} attempts={0} wasDoneBefore={false} />
        <OpenButton id={id} />
      </div>
      {level === 'block' ? null : (
        <>
          <Handle id="main" type="target" position={Position.Left} className="mw-port" isConnectable={false} />
          <Handle id="main" type="source" position={Position.Right} className="mw-port" isConnectable={false} />
        </>
      )}
    </div>
  );
});
