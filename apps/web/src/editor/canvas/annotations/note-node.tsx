import type { NodeProps } from '@xyflow/react';
import { memo, useEffect, useId, useRef } from 'react';
import { NOTE_LENGTH, titleOf } from '../../core/graph/annotations/notes.ts';
import { NOTE_SIZE } from '../../core/graph/annotations/section-plans.ts';
import { findAnnotation } from '../../core/graph/annotations/sections.ts';
import { useCommit } from '../../inspector/use-commit.ts';
import { useAnnotation, useEditor, useInterface, useNoteMark } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import type { FlowNode } from '../flow-model.ts';
import { ResizeCorner } from '../frames/resize-corner.tsx';
import { stepElementId } from '../steps/step-card.tsx';
import { MarkSign } from '../marks/mark-sign.tsx';
import { ColorDots } from './color-dots.tsx';
import { MarkdownView } from './markdown/markdown-view.tsx';

/** The text while it is written: plain Markdown. Leaving it keeps it. */
function NoteText({ id, text }: { readonly id: string; readonly text: string }) {
  const { draft, ui, camera } = useEditor();
  const { t } = useTexts();
  const field = useRef<HTMLTextAreaElement>(null);
  // Another one each time that the note is opened: what was written before is undone by itself, however soon this follows.
  const burst = useId();
  const local = useCommit(text, (next) => draft.apply([{ kind: 'changeAnnotation', annotationId: id, patch: { text: next } }], { burst }));
  useEffect(() => field.current?.focus(), []);
  const end = (): void => {
    local.flush();
    if (ui.getState().renaming === id) ui.setState({ renaming: null });
  };
  return (
    <textarea
      ref={field}
      className="mw-note-text nodrag nopan nowheel"
      aria-label={t('note.text')}
      placeholder={t('note.placeholder')}
      maxLength={NOTE_LENGTH}
      value={local.text}
      dir="auto"
      onChange={(event) => local.change(event.currentTarget.value)}
      onBlur={end}
      onKeyDown={(event) => {
        event.stopPropagation();
        const isDone = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
        if (!isDone) return;
        event.preventDefault();
        end();
        camera.current?.focus();
      }}
    />
  );
}

/** The corner by which a note is made larger or smaller. */
function NoteCorner({ id }: { readonly id: string }) {
  const { draft } = useEditor();
  const { t } = useTexts();
  const bounds = () => {
    const now = findAnnotation(draft.document(), id);
    if (!now) return null;
    return { corner: { x: now.position[0], y: now.position[1] }, least: [NOTE_SIZE.minWidth, NOTE_SIZE.minHeight] as const };
  };
  return (
    <ResizeCorner
      id={id}
      label={t('note.resize')}
      bounds={bounds}
      onEnd={(size) => draft.apply([{ kind: 'changeAnnotation', annotationId: id, patch: { size: [...size] } }])}
    />
  );
}

/** A sticky note. In the overview it is a coloured leaf; nearer it shows its first line, then all of its text. */
export const NoteNode = memo(function NoteNode({ id, selected }: NodeProps<FlowNode>) {
  const { ui, isReadOnly } = useEditor();
  const { t } = useTexts();
  const note = useAnnotation(id);
  const mark = useNoteMark(id);
  const level = useInterface((state) => state.level);
  const isFocused = useInterface((state) => state.focusedNode === id);
  const isEditing = useInterface((state) => state.renaming === id) && !isReadOnly;
  const size = useInterface((state) => (state.resizing?.nodeId === id ? state.resizing.size : null));
  if (!note) return null;
  const title = titleOf(note.text);
  const [width, height] = size ?? note.size;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a double click is a shortcut: Enter and the menu do the same
    <div
      id={stepElementId(id)}
      role="group"
      aria-roledescription={t('note.role')}
      aria-label={`${title === '' ? t('note.empty') : title}, ${t('note.role')}${mark && mark !== 'same' ? `, ${t(`versions.mark.${mark}`)}` : ''}`}
      className="mw-note"
      data-color={note.color}
      data-mark={mark}
      data-level={level}
      data-selected={selected || undefined}
      data-focused={isFocused || undefined}
      style={{ width, height }}
      onDoubleClick={(event) => {
        event.stopPropagation();
        if (!isReadOnly) ui.setState({ renaming: id });
      }}
    >
      {mark && mark !== 'same' ? <MarkSign mark={mark} /> : null}
      {isEditing ? <NoteText id={id} text={note.text} /> : null}
      {isEditing || level === 'block' ? null : (
        <div className="mw-note-body" dir="auto">
          {level === 'title' ? <p className="mw-note-title">{title}</p> : <MarkdownView text={note.text} />}
          {note.text === '' && !isReadOnly && level === 'full' ? <p className="mw-note-hint">{t('note.hint')}</p> : null}
        </div>
      )}
      {isReadOnly || level === 'block' ? null : <NoteCorner id={id} />}
      {selected && !isReadOnly && !isEditing && level === 'full' ? <ColorDots id={id} color={note.color} /> : null}
    </div>
  );
});
