import { Ban, ChevronRight, Group, StickyNote, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { StatusGlyph } from '../../../ui/states/status-glyph.tsx';
import { RenameInput } from '../../canvas/steps/rename-input.tsx';
import { useStepName } from '../../canvas/steps/step-card.tsx';
import { stepStatus } from '../../canvas/steps/step-state.ts';
import type { AnnotationRow } from '../../core/graph/annotations/notes.ts';
import { outputsOf } from '../../core/graph/edges/ports.ts';
import type { OutlineRow as Row } from '../../core/graph/outline.ts';
import { categoryColor } from '../../look/category.ts';
import { TypeIcon } from '../../look/type-icon.tsx';
import { usePortTitle } from '../../look/use-port-title.ts';
import { useEditor, useInterface, useNode, useOverlay, useTypeOf } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { goToRow } from './outline-keys.ts';

/** Height of a row, px. */
export const ROW_PX = 32;

/** How much deeper a level stands, px. */
const INDENT_PX = 16;

/** Name of the element of a row, for `aria-activedescendant`. */
export function outlineRowId(nodeId: string): string {
  return `outline-${nodeId}`;
}

/** The branch that leads to a row, in words: what stands at its line, else `true`; and of which step. */
function useBranch(branch: Row['branch']): { readonly name: string; readonly from: string } | null {
  const node = useNode(branch?.fromId ?? '');
  const info = useTypeOf(node);
  const title = usePortTitle(info);
  if (!node || !branch) return null;
  const port = outputsOf(node, info).find((candidate) => candidate.name === branch.output);
  const name = branch.label ?? (port ? title(port, 'output') : null);
  return name === null ? null : { name, from: node.name };
}

interface OutlineRowProps {
  readonly row: Row;
  readonly top: number;
  readonly isActive: boolean;
  /** Undefined where it holds nothing. */
  readonly isExpanded: boolean | undefined;
  /** Whether any row of the outline holds something. */
  readonly hasFolds: boolean;
  readonly problemCount: number;
  readonly isRenaming: boolean;
  readonly onFold: (nodeId: string, isFolded: boolean) => void;
  readonly onRename: (nodeId: string, name: string | null) => void;
}

type FrameProps = Pick<OutlineRowProps, 'row' | 'top' | 'isActive' | 'isExpanded'> & {
  readonly label: string;
  readonly children: ReactNode;
};

/** What stands at the right end: switched off, problems, how it stands in a run. */
function RowEnd({ nodeId, problemCount }: { readonly nodeId: string; readonly problemCount: number }) {
  const node = useNode(nodeId);
  const status = stepStatus(useOverlay(nodeId));
  return (
    <>
      {node?.settings.disabled ? <Ban size={13} className="shrink-0 text-text-3" aria-hidden="true" /> : null}
      {problemCount > 0 ? <TriangleAlert size={13} className="shrink-0 text-status-retrying" aria-hidden="true" /> : null}
      {status ? <StatusGlyph status={status} sizePx={14} /> : null}
    </>
  );
}

/** Where a row stands, how it is told, and what a click on it does. */
function RowFrame({ row, top, isActive, isExpanded, label, children }: FrameProps) {
  const session = useEditor();
  const isSelected = useInterface((state) => state.selectedNodes.has(row.nodeId));
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the tree has focus and keys
    <div
      id={outlineRowId(row.nodeId)}
      role="treeitem"
      aria-label={label}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.size}
      aria-selected={isSelected}
      aria-expanded={isExpanded}
      data-row={row.nodeId}
      data-active={isActive || undefined}
      className="absolute inset-x-1 flex items-center gap-2 rounded-control pr-2 text-body aria-selected:bg-raised group-focus-visible/tree:data-active:outline-2 group-focus-visible/tree:data-active:-outline-offset-2 group-focus-visible/tree:data-active:outline-focus hover:bg-raised/60 forced-colors:aria-selected:border-l-4"
      style={{ top, height: ROW_PX, paddingLeft: 8 + (row.level - 1) * INDENT_PX }}
      onClick={(event) => goToRow(session, row, event.shiftKey || event.ctrlKey || event.metaKey)}
      onDoubleClick={() => session.ui.setState({ isInspectorOpen: true })}
    >
      {children}
    </div>
  );
}

/** Folds what a row holds; beside rows that hold something the others keep its place free, so that icons stand in one line. */
function Fold({ row, isExpanded, hasFolds, onFold }: Pick<OutlineRowProps, 'row' | 'isExpanded' | 'hasFolds' | 'onFold'>) {
  if (isExpanded === undefined) return hasFolds ? <span className="-ml-1 size-6 shrink-0" /> : null;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      className="-ml-1 grid size-6 shrink-0 place-items-center rounded-control hover:bg-raised"
      onClick={(event) => {
        event.stopPropagation();
        onFold(row.nodeId, isExpanded);
      }}
    >
      <ChevronRight size={14} className={isExpanded ? 'rotate-90' : ''} />
    </button>
  );
}

/** The name of a step, or the field in which it is changed. */
function RowName({ row, isRenaming, onRename }: Pick<OutlineRowProps, 'row' | 'isRenaming' | 'onRename'>) {
  const node = useNode(row.nodeId);
  if (!node) return null;
  if (!isRenaming)
    return (
      <span dir="auto" className={`min-w-0 flex-1 truncate ${node.settings.disabled ? 'text-text-3' : ''}`}>
        {node.name}
      </span>
    );
  return (
    <RenameInput
      name={node.name}
      className="h-6 min-w-0 flex-1 rounded-[4px] border border-accent bg-surface px-1 text-body"
      onEnd={(next) => onRename(row.nodeId, next)}
    />
  );
}

/** A step: name, type, state, problems and the branch that leads here, read as one sentence. */
function StepRow(props: OutlineRowProps) {
  const { row, problemCount } = props;
  const { t } = useTexts();
  const node = useNode(row.nodeId);
  const info = useTypeOf(node);
  const name = useStepName(row.nodeId);
  const branch = useBranch(row.branch);
  if (!node) return null;
  const words = [
    name,
    branch ? t('outline.onBranch', { branch: branch.name, from: branch.from }) : '',
    problemCount > 0 ? t('outline.problems', { count: problemCount }) : '',
  ].filter(Boolean);
  return (
    <RowFrame {...props} label={words.join(', ')}>
      <Fold {...props} />
      <span className="shrink-0" style={{ color: categoryColor(info?.category ?? '') }}>
        <TypeIcon icon={info?.icon ?? 'box'} sizePx={16} />
      </span>
      <RowName {...props} />
      {branch ? (
        // As CSS content: the row's own name says of which step this is a branch.
        <span
          data-branch={branch.name}
          className="max-w-24 shrink-0 truncate rounded-full border border-border px-1.5 text-meta text-text-2 before:content-[attr(data-branch)]"
        />
      ) : null}
      <RowEnd nodeId={row.nodeId} problemCount={problemCount} />
    </RowFrame>
  );
}

/** A note by its first line, or a section by its name and how many steps it has. */
function TextRow({ annotation, ...props }: OutlineRowProps & { readonly annotation: AnnotationRow }) {
  const { t } = useTexts();
  const isNote = annotation.kind === 'note';
  const Icon = isNote ? StickyNote : Group;
  const title = annotation.title || t(isNote ? 'note.empty' : 'section.unnamed');
  const words = isNote ? [t('note.role')] : [t('section.role'), t('section.steps', { count: annotation.members.length })];
  return (
    <RowFrame {...props} label={[title, ...words].join(', ')}>
      <Fold {...props} />
      <Icon size={16} className="shrink-0 text-text-2" aria-hidden="true" />
      <span dir="auto" className="min-w-0 flex-1 truncate text-text-2">
        {title}
      </span>
    </RowFrame>
  );
}

/** One step, section or note in the outline. */
export function OutlineRow(props: OutlineRowProps) {
  const { annotation } = props.row;
  return annotation ? <TextRow {...props} annotation={annotation} /> : <StepRow {...props} />;
}
