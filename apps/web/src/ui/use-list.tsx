import { Link } from '@tanstack/react-router';
import { Pill } from './states/pill.tsx';

/** A workflow that uses something. */
interface WorkflowUse {
  readonly workflowId: string;
  readonly name: string;
  readonly isLive: boolean;
  readonly inDraft: boolean;
}

interface UseListProps {
  readonly uses: readonly WorkflowUse[];
  /** What it is called that the live version uses it, and that the draft does. */
  readonly words: { readonly live: string; readonly draft: string };
}

/** Workflows that use something, each with the way there. */
export function UseList({ uses, words }: UseListProps) {
  return (
    <ul className="flex flex-col gap-1">
      {uses.map((use) => (
        <li key={use.workflowId} className="flex flex-wrap items-center gap-2">
          <Link
            to="/workflows/$workflowId"
            params={{ workflowId: use.workflowId }}
            className="min-w-0 truncate text-accent underline underline-offset-2 pointer-coarse:py-2"
          >
            {use.name}
          </Link>
          {use.isLive ? <Pill tone="success">{words.live}</Pill> : null}
          {use.inDraft ? <Pill>{words.draft}</Pill> : null}
        </li>
      ))}
    </ul>
  );
}
