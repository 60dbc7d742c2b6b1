import type { JsonValue } from '@millwright/core';
import type { NodeTypeInfo, Problem, WorkflowNode } from '@millwright/workflow';
import { useId } from 'react';
import { effectiveValue, isShown, type ParameterSpec, parametersOf } from '../core/graph/parameters.ts';
import { isCommand } from '../core/actions/is-command.ts';
import { pasteCommandInto, takesCommand } from '../core/actions/paste-command.ts';
import { planParameter } from '../core/graph/parameter-change.ts';
import { parameterText } from '../look/type-words.ts';
import { useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { Control } from './fields/control.tsx';
import { ServiceField } from './options/service-field.tsx';
import { findingWords } from '../page/finding-words.ts';
import { FieldPeople } from './field-people.tsx';

interface ParameterProps {
  readonly node: WorkflowNode;
  readonly info: NodeTypeInfo;
  readonly spec: ParameterSpec;
  readonly problems: readonly Problem[];
}

/** Whether a problem's path lies in a parameter. */
function concerns(problem: Problem, key: string): boolean {
  const field = problem.field ?? '';
  return field === `parameters.${key}` || field.startsWith(`parameters.${key}.`) || field.startsWith(`parameters.${key}[`);
}

/** The line of a program that a problem names. */
function lineOf(problem: Problem | undefined): number | undefined {
  const line = problem?.values?.['line'];
  return typeof line === 'number' ? line : undefined;
}

/** Whether a service knows the values of a field; lists of them are typed in. */
function isFromService({ load, control }: ParameterSpec): boolean {
  return load !== undefined && (control === 'text' || control === 'number');
}

/** Puts a value into the step; lines that no longer fit go along, and that is said. */
function useParameterCommit(node: WorkflowNode, spec: ParameterSpec): (value: JsonValue | undefined) => void {
  const { draft, catalog, say } = useEditor();
  return (value) => {
    const changes = planParameter(draft.document(), catalog, { nodeId: node.id, key: spec.key, value });
    const before = draft.document();
    draft.apply(changes, changes.length > 1 ? {} : { burst: `type:${node.id}:${spec.key}` });
    // What is only planned while somebody types is not news yet.
    if (changes.length > 1 && draft.document() !== before) say({ key: 'say.linesRemoved', values: { count: changes.length - 1 } });
  };
}

function Label({ id, text, isRequired }: { readonly id: string; readonly text: string; readonly isRequired: boolean }) {
  const { t } = useTexts();
  return (
    <label htmlFor={id} className="text-secondary font-medium text-text-2">
      {text}
      {isRequired ? (
        <span className="text-text-3" title={t('field.required')}>
          {' '}
          *<span className="sr-only"> {t('field.required')}</span>
        </span>
      ) : null}
    </label>
  );
}

function Parameter({ node, info, spec, problems }: ParameterProps) {
  const session = useEditor();
  const commit = useParameterCommit(node, spec);
  const texts = useTexts();
  const id = useId();
  const label = parameterText(info, texts.language, { path: `${spec.key}.title`, english: spec.title });
  // Translations are of a type, with all its versions: this one may say nothing here.
  const hint =
    spec.description === '' ? '' : parameterText(info, texts.language, { path: `${spec.key}.description`, english: spec.description });
  const wrong = problems.find((problem) => concerns(problem, spec.key));
  const describedBy = [hint ? `${id}-hint` : '', wrong ? `${id}-wrong` : ''].filter(Boolean).join(' ') || undefined;
  const field = { spec, info, label, value: effectiveValue(node, spec), onCommit: commit, id, describedBy, faultLine: lineOf(wrong) };
  return (
    <div
      className="flex min-w-0 flex-col gap-1"
      data-field={`parameters.${spec.key}`}
      onPasteCapture={(event) => {
        const text = event.clipboardData.getData('text/plain');
        if (spec.control !== 'url' || session.isReadOnly || !takesCommand(node) || !isCommand(text)) return;
        event.preventDefault();
        event.stopPropagation();
        void pasteCommandInto(session, node, text);
      }}
    >
      <div className="flex min-w-0 items-center gap-2">
        <Label id={id} text={label} isRequired={spec.isRequired} />
        <FieldPeople nodeId={node.id} field={`parameters.${spec.key}`} />
      </div>
      {isFromService(spec) ? <ServiceField {...field} node={node} /> : <Control {...field} />}
      {wrong ? (
        <p id={`${id}-wrong`} className="text-secondary text-status-failed">
          {findingWords(wrong, info, texts).text}
        </p>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="text-secondary text-text-3">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** The form of a step, made from its type's schema. Hidden fields keep their value. */
export function ParameterForm({
  node,
  info,
  problems,
}: {
  readonly node: WorkflowNode;
  readonly info: NodeTypeInfo;
  readonly problems: readonly Problem[];
}) {
  const { t } = useTexts();
  const specs = parametersOf(info).filter((spec) => isShown(node, info, spec));
  if (specs.length === 0) return <p className="text-body text-text-2">{t('inspector.nothingToSet')}</p>;
  return (
    <div className="flex flex-col gap-4">
      {specs.map((spec) => (
        <Parameter key={`${node.id}:${spec.key}`} node={node} info={info} spec={spec} problems={problems} />
      ))}
    </div>
  );
}
