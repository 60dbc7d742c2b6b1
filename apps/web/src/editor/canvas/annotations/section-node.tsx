import type { NodeProps } from '@xyflow/react';
import { ChevronsDownUp } from 'lucide-react';
import { memo } from 'react';
import { SECTION_NAME_LENGTH } from '../../core/graph/annotations/notes.ts';
import { frameAround, SECTION, sectionsOf } from '../../core/graph/annotations/sections.ts';
import { CARD_WIDTH } from '../../core/graph/geometry.ts';
import { layoutOf } from '../../core/graph/layout.ts';
import { selectNodes, setCollapsed } from '../../core/state/interface-store.ts';
import { useAnnotation, useDocumentPart, useEditor, useInterface, useNoteMark } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import type { FlowNode } from '../flow-model.ts';
import { ResizeCorner } from '../frames/resize-corner.tsx';
import { RenameInput } from '../steps/rename-input.tsx';
import { stepElementId } from '../steps/step-card.tsx';
import { MarkSign } from '../marks/mark-sign.tsx';
import { ColorDots } from './color-dots.tsx';

/** The name of a section, or the field in which it is changed. */
export function SectionName({ id, name }: { readonly id: string; readonly name: string }) {
  const { draft, ui, camera, isReadOnly } = useEditor();
  const { t } = useTexts();
  const isRenaming = useInterface((state) => state.renaming === id) && !isReadOnly;
  if (!isRenaming) return <span className="mw-card-title">{name === '' ? t('section.unnamed') : name}</span>;
  const end = (next: string | null): void => {
    if (ui.getState().renaming !== id) return;
    const text = next?.slice(0, SECTION_NAME_LENGTH);
    if (text !== undefined) draft.apply([{ kind: 'changeAnnotation', annotationId: id, patch: { text } }]);
    ui.setState({ renaming: null });
    camera.current?.focus();
  };
  return <RenameInput name={name} label={t('section.name')} className="mw-card-rename nodrag nopan" onEnd={end} />;
}

/** The corner by which a section is made larger; it never gets smaller than what it holds. */
function SectionCorner({ id }: { readonly id: string }) {
  const { draft, catalog } = useEditor();
  const { t } = useTexts();
  const bounds = () => {
    const document = draft.document();
    const section = sectionsOf(document, catalog).find(id);
    if (!section) return null;
    const { box, members } = section;
    const needs = members.length === 0 ? null : frameAround(members.map(layoutOf(document, catalog).boxOf));
    const smallest = [CARD_WIDTH, SECTION.head + SECTION.pad] as const;
    const least = needs ? ([needs.x + needs.width - box.x, needs.y + needs.height - box.y] as const) : smallest;
    return { corner: { x: box.x, y: box.y }, least };
  };
  const onEnd = (size: readonly [number, number]): void => {
    const corner = bounds()?.corner;
    if (corner) draft.apply([{ kind: 'changeAnnotation', annotationId: id, patch: { position: [corner.x, corner.y], size: [...size] } }]);
  };
  return <ResizeCorner id={id} label={t('canvas.resizeFrame')} bounds={bounds} onEnd={onEnd} />;
}

function FoldButton({ id }: { readonly id: string }) {
  const { ui } = useEditor();
  const { t } = useTexts();
  return (
    <button
      type="button"
      tabIndex={-1}
      className="mw-section-fold nodrag nopan"
      aria-label={t('section.collapse')}
      title={t('section.collapse')}
      onClick={() => {
        setCollapsed(ui, [id], true);
        selectNodes(ui, [id]);
      }}
    >
      <ChevronsDownUp size={14} aria-hidden="true" />
    </button>
  );
}

/** A named frame around steps that belong together; it means nothing for a run. Dragged and chosen by its head. */
export const SectionNode = memo(function SectionNode({ id, selected, width = 0, height = 0 }: NodeProps<FlowNode>) {
  const { ui, catalog, isReadOnly } = useEditor();
  const { t } = useTexts();
  const section = useAnnotation(id);
  const mark = useNoteMark(id);
  const count = useDocumentPart((document) => sectionsOf(document, catalog).find(id)?.members.length ?? 0);
  const level = useInterface((state) => state.level);
  const isFocused = useInterface((state) => state.focusedNode === id);
  if (!section) return null;
  const name = section.text === '' ? t('section.unnamed') : section.text;
  return (
    <div
      className="mw-section"
      data-mark={mark}
      data-color={section.color}
      data-level={level}
      data-selected={selected || undefined}
      data-focused={isFocused || undefined}
      style={{ width, height }}
    >
      {mark && mark !== 'same' ? <MarkSign mark={mark} /> : null}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a double click is a shortcut: F2 and the menu do the same */}
      <div
        id={stepElementId(id)}
        role="group"
        aria-roledescription={t('section.role')}
        aria-label={`${name}, ${t('section.role')}, ${t('section.steps', { count })}${mark && mark !== 'same' ? `, ${t(`versions.mark.${mark}`)}` : ''}`}
        className="mw-section-head"
        onDoubleClick={(event) => {
          event.stopPropagation();
          if (!isReadOnly) ui.setState({ renaming: id });
        }}
      >
        <FoldButton id={id} />
        <SectionName id={id} name={section.text} />
        <span className="mw-card-count num">{t('section.steps', { count })}</span>
        {selected && !isReadOnly && level === 'full' ? <ColorDots id={id} color={section.color} /> : null}
      </div>
      {isReadOnly || level === 'block' ? null : <SectionCorner id={id} />}
    </div>
  );
});
