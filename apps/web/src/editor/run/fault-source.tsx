import type { RunError, WorkflowNode } from '@millwright/workflow';
import { useTexts } from '../texts.ts';

/** Lines shown before and after the one that failed. */
const AROUND = 2;

/** The lines of a program around the one that an error names; nothing for other errors. */
export function FaultSource({ node, error }: { readonly node: WorkflowNode | undefined; readonly error: RunError }) {
  const { t } = useTexts();
  const source = error.field === undefined ? undefined : node?.parameters[error.field];
  if (typeof source !== 'string' || error.line === undefined) return null;
  const lines = source.split('\n');
  const first = Math.max(1, error.line - AROUND);
  const shown = lines.slice(first - 1, error.line + AROUND);
  if (error.line > lines.length) return null;
  return (
    <pre aria-label={t('run.source', { from: first })} className="mt-2 overflow-x-auto rounded-control bg-surface p-2 font-mono text-meta">
      {shown.map((line, index) => {
        const number = first + index;
        const isIt = number === error.line;
        return (
          <div key={number} className={isIt ? 'bg-status-failed/15 font-semibold' : 'text-text-2'} aria-current={isIt ? 'true' : undefined}>
            <span className="mr-2 inline-block w-7 text-right text-text-3 select-none">{number}</span>
            {line}
          </div>
        );
      })}
    </pre>
  );
}
