import type { JsonValue } from '@millwright/core';
import { lazy, Suspense, useId, useMemo, useRef } from 'react';
import { Link } from '@tanstack/react-router';
import { runErrorWords } from '../../../api/fault-words.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { findNode } from '../../core/graph/graph-queries.ts';
import { useDocument, useEditor, useNode } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { asText, type FieldProps } from '../fields/field-props.ts';
import { usePreviewState } from '../preview-context.ts';
import { incoming, upstreamNodes } from '../samples.ts';
import { useCommit } from '../use-commit.ts';
import { exampleFor, fieldProposals, proposalsFor } from './examples.ts';
import { type LastFault, useLastFault } from './last-fault.ts';
import type { ProgramLanguage } from './program-editor.tsx';

const ProgramEditor = lazy(() => import('./program-editor.tsx'));

const LANGUAGES: readonly ProgramLanguage[] = ['javascript', 'typescript', 'python'];

/** What the step says beside the program: its language, and how often it runs. */
function useProgram({ spec, info }: FieldProps): {
  readonly nodeId: string;
  readonly language: ProgramLanguage;
  readonly mode: 'all' | 'each';
} {
  const nodeId = usePreviewState()?.nodeId ?? '';
  const node = useNode(nodeId);
  const hints = spec.schema['field'] as { readonly language?: string } | undefined;
  const named = hints?.language === undefined ? 'javascript' : asText(node?.parameters[hints.language]);
  const language = LANGUAGES.find((one) => one === named) ?? 'javascript';
  return { nodeId: info.type === node?.type ? nodeId : '', language, mode: node?.parameters['mode'] === 'each' ? 'each' : 'all' };
}

/** Where the program failed the last time, and the way to that run. */
function LastFaultNote({ fault, id }: { readonly fault: LastFault; readonly id: string }) {
  const { t, faults } = useTexts();
  const { text, original } = runErrorWords(fault.error, faults);
  return (
    <p id={id} className="text-secondary text-status-failed">
      {t('program.failedAt', { line: fault.line, text: original ?? text })}{' '}
      <Link to="/runs/$runId" params={{ runId: fault.runId }} className="underline underline-offset-2">
        {t('program.openRun')}
      </Link>
    </p>
  );
}

/** Stands in until the editor is loaded, so that nobody waits to type. */
function PlainProgram({
  label,
  text,
  onChange,
}: {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
}) {
  const { isReadOnly } = useEditor();
  return (
    <textarea
      value={text}
      rows={8}
      aria-label={label}
      readOnly={isReadOnly}
      onChange={(event) => onChange(event.currentTarget.value)}
      className="block w-full resize-none bg-transparent px-2.5 py-[5px] font-mono text-secondary leading-5 outline-none"
    />
  );
}

/** The item that previews are for, where a program is given one at a time; null for none. */
function useItem(nodeId: string, mode: 'all' | 'each'): JsonValue {
  const { catalog } = useEditor();
  const document = useDocument();
  const state = usePreviewState();
  return useMemo(() => {
    if (!state || nodeId === '' || mode === 'all') return null;
    const { items } = incoming({ document, catalog, samples: state.samples }, nodeId);
    return items[Math.min(state.itemIndex, items.length - 1)]?.json ?? null;
  }, [document, catalog, state, nodeId, mode]);
}

/** A program, in an editor of its own: Tab indents, Escape leaves. */
export function ProgramField(props: FieldProps) {
  const { t } = useTexts();
  const { draft, isReadOnly } = useEditor();
  const document = useDocument();
  const id = useId();
  const after = useRef<HTMLParagraphElement>(null);
  const { nodeId, language, mode } = useProgram(props);
  const { text, change, flush } = useCommit(asText(props.value), (source) => props.onCommit(source === '' ? undefined : source));
  const fault = useLastFault({ nodeId, key: props.spec.key, source: text });
  const item = useItem(nodeId, mode);
  const proposals = useMemo(
    () => [...fieldProposals(language, item), ...proposalsFor(language, nodeId === '' ? [] : upstreamNodes(document, nodeId))],
    [document, language, nodeId, item],
  );
  const example = exampleFor(language, mode);
  const describedBy = [props.describedBy, fault && `${id}-fault`, `${id}-keys`].filter(Boolean).join(' ');
  return (
    <>
      <div className="rounded-control border border-border-strong bg-surface focus-within:border-accent focus-within:outline-1 focus-within:outline-focus">
        <Suspense fallback={<PlainProgram label={props.label} text={text} onChange={change} />}>
          <ProgramEditor
            value={text}
            label={props.label}
            language={language}
            isReadOnly={isReadOnly}
            placeholder={example}
            describedBy={describedBy}
            faultLine={props.faultLine ?? fault?.line ?? null}
            proposals={proposals}
            nameOf={(id) => findNode(draft.document(), id)?.name}
            onChange={change}
            onBlur={flush}
            onLeave={() => after.current?.focus()}
          />
        </Suspense>
      </div>
      {fault ? <LastFaultNote fault={fault} id={`${id}-fault`} /> : null}
      <p ref={after} id={`${id}-keys`} tabIndex={-1} className="text-meta text-text-3 outline-none">
        {t('program.keys')}
      </p>
      {text === '' && !isReadOnly ? (
        <Button size="sm" className="self-start" onClick={() => change(example)}>
          {t('program.insertExample')}
        </Button>
      ) : null}
    </>
  );
}
