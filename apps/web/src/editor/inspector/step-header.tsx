import type { NodeTypeInfo, WorkflowNode } from '@millwright/workflow';
import { categoryColor } from '../look/category.ts';
import { TypeIcon } from '../look/type-icon.tsx';
import { typeTitle } from '../look/type-words.ts';
import { useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { FieldPeople } from './field-people.tsx';
import { useCommit } from './use-commit.ts';

/** Icon, name (changed in place) and type of the step. No text anywhere refers to the name, so nothing has to be rewritten. */
export function StepHeader({ node, info }: { readonly node: WorkflowNode; readonly info: NodeTypeInfo | undefined }) {
  const { draft, isReadOnly } = useEditor();
  const { t, language } = useTexts();
  const name = useCommit(node.name, (text) => {
    const next = text.trim().slice(0, 200);
    if (next !== '') draft.apply([{ kind: 'renameNode', nodeId: node.id, name: next }], { burst: `type:${node.id}:name` });
  });
  const color = categoryColor(info?.category ?? '');
  return (
    <header className="flex items-center gap-3 py-3 pr-12 pl-4">
      <span
        className="grid size-9 shrink-0 place-items-center rounded-[8px]"
        style={{ color, background: `color-mix(in srgb, ${color} 16%, var(--surface))` }}
      >
        <TypeIcon icon={info?.icon ?? 'box'} sizePx={20} />
      </span>
      <div className="min-w-0 flex-1" data-field="name">
        <FieldPeople nodeId={node.id} field="name" />
        <input
          value={name.text}
          readOnly={isReadOnly}
          dir="auto"
          aria-label={t('inspector.name')}
          onChange={(event) => name.change(event.currentTarget.value)}
          onBlur={name.flush}
          className="-mx-1.5 w-full rounded-control border border-transparent bg-transparent px-1.5 text-panel font-semibold text-ellipsis hover:border-border focus:border-accent focus:outline-none read-only:border-transparent"
        />
        <p className="truncate text-secondary text-text-3">
          {info ? typeTitle(info, language) : node.type}
          {node.settings.disabled ? ` · ${t('card.isDisabled')}` : ''}
        </p>
      </div>
    </header>
  );
}
