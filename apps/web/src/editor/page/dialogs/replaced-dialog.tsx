import type { JsonObject } from '@millwright/core';
import type { WorkflowNode } from '@millwright/workflow';
import { Button } from '../../../ui/controls/button.tsx';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { findNode } from '../../core/graph/graph-queries.ts';
import { parametersOf } from '../../core/graph/parameters.ts';
import type { Dropped } from '../../core/graph/replacing/replace-step.ts';
import { showField } from '../../core/state/interface-store.ts';
import { parameterText, typeTitle } from '../../look/type-words.ts';
import { useDocument, useEditor, useInterface } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';

/** Longest value that the list shows, characters. */
const SHOWN = 80;

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function DroppedLine({ before, dropped }: { readonly before: WorkflowNode; readonly dropped: Dropped }) {
  const { catalog } = useEditor();
  const { t, language } = useTexts();
  const document = useDocument();
  const name = (nodeId: string): string => findNode(document, nodeId)?.name ?? '';
  switch (dropped.kind) {
    case 'parameter': {
      const info = catalog.get(before.type, before.version);
      const spec = info && parametersOf(info).find(({ key }) => key === dropped.key);
      const title = info && spec ? parameterText(info, language, { path: `${spec.key}.title`, english: spec.title }) : dropped.key;
      return t('replaced.parameter', { title, value: shown((before.parameters as JsonObject)[dropped.key]) });
    }
    case 'credential':
      return t('replaced.credential', { slot: dropped.slot });
    case 'line':
      return dropped.edge.from === before.id
        ? t('replaced.lineTo', { name: name(dropped.edge.to) })
        : t('replaced.lineFrom', { name: name(dropped.edge.from) });
  }
}

/** After a step became one of another type: what had no place in it. Undo brings all of it back. */
export function ReplacedDialog() {
  const { ui, draft, catalog } = useEditor();
  const { t, language } = useTexts();
  const replaced = useInterface((state) => state.replaced);
  const document = useDocument();
  const node = replaced ? findNode(document, replaced.before.id) : undefined;
  const info = node && catalog.get(node.type, node.version);
  const close = (): void => {
    ui.setState({ replaced: null });
    if (node) showField(ui, node.id, '');
  };
  if (!replaced || !node) return null;
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : close())}
      title={t('replaced.title', { name: node.name })}
      description={t('replaced.intro', { name: node.name, type: info ? typeTitle(info, language) : node.type })}
      widthPx={520}
      actions={
        <>
          <Button
            onClick={() => {
              draft.undo();
              close();
            }}
          >
            {t('replaced.undo')}
          </Button>
          <Button variant="primary" onClick={close}>
            {t('replaced.done')}
          </Button>
        </>
      }
    >
      <ul className="mt-3 flex list-disc flex-col gap-1 pl-5 text-body break-words">
        {replaced.dropped.map((dropped, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the list never changes while it is shown
          <li key={index}>
            <DroppedLine before={replaced.before} dropped={dropped} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
