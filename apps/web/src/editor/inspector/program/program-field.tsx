import type { JsonValue } from '@millwright/core';
import type { Diagnostic, TextEdit } from '@millwright/expressions/browser';
import { Suspense, useId, useMemo, useRef } from 'react';
import { Link } from '@tanstack/react-router';
import { fetched } from '../../../ui/fetched.ts';
import { runErrorWords } from '../../../api/fault-words.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { findNode } from '../../core/graph/graph-queries.ts';
import { useDocument, useEditor, useNode } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { asText, type FieldProps } from '../fields/field-props.ts';
import { usePreviewState } from '../preview-context.ts';
import { incoming, upstreamNodes } from '../samples.ts';
import { PlainField, useTakenField } from '../text-editor/plain-field.tsx';
import { useCommit } from '../use-commit.ts';
import { exampleFor, fieldProposals, type ProgramMode, proposalsFor } from './examples.ts';
import { type LastFault, useLastFault } from './last-fault.ts';
import type { ProgramLanguage, Proposal } from './program-editor.tsx';
import { useProgramFindings } from './use-program-findings.ts';

const ProgramEditor = fetched(async () => (await import('./program-editor.tsx')).ProgramEditor);
const FindingList = fetched(async () => (await import('../expression/finding-list.tsx')).FindingList);

async function fixed(source: string, edits: readonly TextEdit[]): Promise<string> {
  const { applyEdits } = await import('@millwright/expressions/browser');
  return applyEdits(source, edits);
}

const LANGUAGES: readonly ProgramLanguage[] = ['javascript', 'typescript', 'python'];

/** What the step says beside the program: its language, and how often it runs. */
function useProgram({ spec, info }: FieldProps): {
  readonly nodeId: string;
  readonly language: ProgramLanguage;
  readonly mode: ProgramMode;
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

/** The item that previews are for, where a program is given one at a time, else the first; null for none. */
function useItem(nodeId: string, mode: ProgramMode): JsonValue {
  const { catalog } = useEditor();
  const document = useDocument();
  const state = usePreviewState();
  return useMemo(() => {
    if (!state || nodeId === '') return null;
    const { items } = incoming({ document, catalog, samples: state.samples }, nodeId);
    return items[mode === 'all' ? 0 : Math.min(state.itemIndex, items.length - 1)]?.json ?? null;
  }, [document, catalog, state, nodeId, mode]);
}

/** What a program can read where it stands. */
function useProposals({ nodeId, language, mode }: ReturnType<typeof useProgram>): readonly Proposal[] {
  const { t } = useTexts();
  const document = useDocument();
  const item = useItem(nodeId, mode);
  const ofFirst = t('program.ofFirst');
  return useMemo(() => {
    const steps = nodeId === '' ? [] : upstreamNodes(document, nodeId);
    return [...fieldProposals(language, item, mode), ...proposalsFor(language, { mode, steps, ofFirst })];
  }, [document, language, mode, nodeId, item, ofFirst]);
}

interface FindingsProps {
  readonly findings: readonly Diagnostic[];
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** Under a program: what it reads that is not there, each with a fix to click. */
function ProgramFindings({ findings, text, onChange }: FindingsProps) {
  if (findings.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <FindingList findings={findings} onFix={({ edits }) => void fixed(text, edits).then(onChange)} />
    </Suspense>
  );
}

/** A program, in an editor of its own: Tab indents, Escape leaves. */
export function ProgramField(props: FieldProps) {
  const { t } = useTexts();
  const { draft, isReadOnly } = useEditor();
  const id = useId();
  const after = useRef<HTMLParagraphElement>(null);
  const { onTaken, takeOver } = useTakenField();
  const { nodeId, language, mode } = useProgram(props);
  const { text, change, flush } = useCommit(asText(props.value), (source) => props.onCommit(source === '' ? undefined : source));
  const fault = useLastFault({ nodeId, key: props.spec.key, source: text });
  const findings = useProgramFindings(text, language, nodeId);
  const proposals = useProposals({ nodeId, language, mode });
  const describedBy = [props.describedBy, fault && `${id}-fault`, `${id}-keys`].filter(Boolean).join(' ');
  return (
    <>
      <div className="rounded-control border border-border-strong bg-surface focus-within:border-accent focus-within:outline-1 focus-within:outline-focus">
        <Suspense fallback={<PlainField value={text} label={props.label} rows={8} onChange={change} onTaken={onTaken} />}>
          <ProgramEditor
            value={text}
            takeOver={takeOver}
            label={props.label}
            language={language}
            isReadOnly={isReadOnly}
            placeholder={exampleFor(language, mode)}
            describedBy={describedBy}
            faultLine={props.faultLine ?? fault?.line ?? null}
            proposals={proposals}
            findings={findings}
            nameOf={(id) => findNode(draft.document(), id)?.name}
            onChange={change}
            onBlur={flush}
            onLeave={() => after.current?.focus()}
          />
        </Suspense>
      </div>
      {fault ? <LastFaultNote fault={fault} id={`${id}-fault`} /> : null}
      <ProgramFindings findings={findings} text={text} onChange={change} />
      <p ref={after} id={`${id}-keys`} tabIndex={-1} className="text-meta text-text-3 outline-none">
        {t('program.keys')}
      </p>
      {text === '' && !isReadOnly ? (
        <Button size="sm" className="self-start" onClick={() => change(exampleFor(language, mode))}>
          {t('program.insertExample')}
        </Button>
      ) : null}
    </>
  );
}
