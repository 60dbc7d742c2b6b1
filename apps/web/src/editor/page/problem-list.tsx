import type { Problem } from '@millwright/workflow';
import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { findNode } from '../core/graph/graph-queries.ts';
import { showField } from '../core/state/interface-store.ts';
import { useDocument, useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { findingWords } from './finding-words.ts';

const ICONS: Readonly<Record<Problem['level'], ReactNode>> = {
  error: <CircleAlert size={15} className="mt-0.5 shrink-0 text-status-failed" aria-hidden="true" />,
  warning: <TriangleAlert size={15} className="mt-0.5 shrink-0 text-status-retrying" aria-hidden="true" />,
  hint: <Info size={15} className="mt-0.5 shrink-0 text-text-3" aria-hidden="true" />,
};

/** Problems, each leading to its step and field. @param onGo called before the jump, to close a dialog */
export function ProblemList({ problems, onGo }: { readonly problems: readonly Problem[]; readonly onGo?: () => void }) {
  const { ui, camera, catalog } = useEditor();
  const document = useDocument();
  const texts = useTexts();
  const go = (problem: Problem): void => {
    onGo?.();
    if (problem.nodeId === undefined) return;
    camera.current?.reveal(problem.nodeId);
    showField(ui, problem.nodeId, problem.field ?? '');
  };
  return (
    <ul className="flex flex-col">
      {problems.map((problem, index) => {
        const node = problem.nodeId === undefined ? undefined : findNode(document, problem.nodeId);
        const words = findingWords(problem, node && catalog.get(node.type, node.version), texts);
        return (
          <li key={`${problem.code}:${problem.nodeId ?? ''}:${problem.field ?? ''}:${index}`}>
            <button
              type="button"
              onClick={() => go(problem)}
              className="flex w-full gap-2 rounded-control px-2 py-1.5 text-left hover:bg-raised"
            >
              {ICONS[problem.level]}
              <span className="min-w-0">
                <span className="block text-body">
                  {node ? <strong className="font-semibold">{node.name}: </strong> : null}
                  {words.text}
                </span>
                {words.hint === '' ? null : <span className="block text-secondary text-text-2">{words.hint}</span>}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
