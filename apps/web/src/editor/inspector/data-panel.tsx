import { Check, ChevronLeft, ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useFormat } from '../../i18n/format.ts';
import { useNow } from '../../i18n/now.ts';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { TypeIcon } from '../look/type-icon.tsx';
import { useDocument, useEditor, useTypeOf } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { type DataField, dataFields, shortValue } from './data-paths.ts';
import { useFieldTarget } from './field-target.ts';
import { type IsRead, useReads } from './expression/use-reads.ts';
import { usePreviewState } from './preview-context.ts';
import { incoming, outputItems, type SampleContext, upstreamNodes } from './samples.ts';
import type { WorkflowNode } from '@millwright/workflow';

/** Writes the expression for a field: of the current item, or of a step further up, by its id, which never changes. */
async function put(insert: (text: string) => void, { field, nodeId }: { readonly field: DataField; readonly nodeId: string | null }) {
  const { fieldSource } = await import('@millwright/expressions/browser');
  const of = nodeId === null ? ({ of: 'input' } as const) : ({ of: 'node', node: nodeId } as const);
  insert(`{{ ${fieldSource({ ...of, path: field.keys })} }}`);
}

/** One field; a click puts it into the parameter that is being edited. */
function FieldButton({
  field,
  step,
  isDirect,
  isUsed,
}: {
  readonly field: DataField;
  readonly step: WorkflowNode;
  readonly isDirect: boolean;
  /** The chosen step's expressions read it. */
  readonly isUsed: boolean;
}) {
  const { t } = useTexts();
  const { target } = useStore(useFieldTarget());
  const insert = target ? t('data.insert', { path: field.path, step: step.name, field: target.label }) : null;
  return (
    <button
      type="button"
      disabled={!target}
      aria-label={isUsed ? t('data.labelUsed', { label: insert ?? field.path }) : (insert ?? field.path)}
      title={insert ?? t('data.chooseField')}
      // The field keeps its caret while the data is clicked.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => target && void put(target.insert, { field, nodeId: isDirect ? null : step.id })}
      style={{ paddingLeft: 8 + field.depth * 14 }}
      className="flex w-full items-baseline gap-2 rounded-control py-0.5 pr-2 text-left text-secondary enabled:hover:bg-accent/10 disabled:cursor-default"
    >
      <span className="shrink-0 font-medium text-text">{field.label}</span>
      <span className="min-w-0 truncate font-mono text-meta text-text-3">{shortValue(field.value)}</span>
      {isUsed ? <Check size={12} className="ml-auto shrink-0 self-center text-accent" aria-hidden="true" /> : null}
    </button>
  );
}

function StepFields({
  node,
  isDirect,
  isRead,
  itemIndex,
  context,
}: {
  readonly node: WorkflowNode;
  readonly isDirect: boolean;
  readonly isRead: IsRead;
  readonly itemIndex: number;
  readonly context: SampleContext;
}) {
  const { t } = useTexts();
  const format = useFormat();
  const nowMs = useNow();
  const info = useTypeOf(node);
  const { items, source } = outputItems(context, { nodeId: node.id });
  const item = items[Math.min(itemIndex, items.length - 1)];
  const fields = useMemo(() => (item === undefined ? [] : dataFields(item.json)), [item]);
  const at = context.samples[node.id]?.at;
  return (
    <section aria-label={node.name} className="flex w-72 shrink-0 flex-col overflow-hidden rounded-control border border-border">
      <header className="flex items-center gap-2 border-b border-border px-2.5 py-1.5">
        <TypeIcon icon={info?.icon ?? 'box'} sizePx={15} />
        <h3 className="min-w-0 truncate text-secondary font-semibold">{node.name}</h3>
        <span className="ml-auto shrink-0 text-meta text-text-3">
          {source === 'run' && at !== undefined ? format.relative(at, nowMs) : source === 'example' ? t('data.example') : ''}
        </span>
      </header>
      {fields.length === 0 ? <p className="p-2.5 text-secondary text-text-2">{t('data.noneYet')}</p> : null}
      <ul className="min-h-0 flex-1 overflow-y-auto p-1">
        {fields.map((field) => (
          <li key={field.path}>
            <FieldButton field={field} step={node} isDirect={isDirect} isUsed={isRead(node.id, isDirect, field.keys)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ItemStepper({ count }: { readonly count: number }) {
  const { t } = useTexts();
  const state = usePreviewState();
  if (!state || count < 2) return null;
  const index = Math.min(state.itemIndex, count - 1);
  return (
    <span className="flex items-center gap-1 text-secondary text-text-2">
      <IconButton
        size="sm"
        label={t('data.previousItem')}
        disabled={index === 0}
        icon={<ChevronLeft size={14} />}
        onClick={() => state.setItemIndex(index - 1)}
      />
      <span className="num">{t('data.item', { number: index + 1, count })}</span>
      <IconButton
        size="sm"
        label={t('data.nextItem')}
        disabled={index === count - 1}
        icon={<ChevronRight size={14} />}
        onClick={() => state.setItemIndex(index + 1)}
      />
    </span>
  );
}

/** What the steps before this one gave, as fields that a click puts into a parameter. */
export function DataPanel() {
  const { catalog } = useEditor();
  const { t } = useTexts();
  const document = useDocument();
  const state = usePreviewState();
  const { target } = useStore(useFieldTarget());
  const isRead = useReads(state?.nodeId ?? '');
  if (!state || state.nodeId === '') return <p className="p-4 text-body text-text-2">{t('data.chooseStep')}</p>;
  const context: SampleContext = { document, catalog, samples: state.samples };
  const nodes = upstreamNodes(document, state.nodeId);
  const direct = new Set(document.edges.filter((edge) => edge.to === state.nodeId).map((edge) => edge.from));
  if (nodes.length === 0) return <p className="p-4 text-body text-text-2">{t('data.nothingBefore')}</p>;
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2 p-3">
      <div className="flex items-center gap-3 text-secondary text-text-2">
        <span>{target ? t('data.goesInto', { field: target.label }) : t('data.chooseField')}</span>
        <ItemStepper count={incoming(context, state.nodeId).items.length} />
      </div>
      <div className="flex min-h-0 flex-1 gap-2 overflow-x-auto">
        {nodes.map((node) => (
          <StepFields
            key={node.id}
            node={node}
            isDirect={direct.has(node.id) && direct.size === 1}
            isRead={isRead}
            itemIndex={state.itemIndex}
            context={context}
          />
        ))}
      </div>
    </div>
  );
}
