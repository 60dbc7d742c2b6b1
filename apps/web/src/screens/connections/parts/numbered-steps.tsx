import type { ReactNode } from 'react';

/** One step of an instruction. */
export interface InstructionStep {
  readonly key: string;
  readonly title: string;
  readonly content?: ReactNode;
}

/** Numbered steps, one under the other, tied by a line. */
export function NumberedSteps({ label, steps }: { readonly label: string; readonly steps: readonly InstructionStep[] }) {
  return (
    <ol aria-label={label} className="mt-4 flex flex-col">
      {steps.map(({ key, title, content }, index) => (
        <li key={key} className="group/step relative flex gap-3 pb-4 last:pb-0">
          <span aria-hidden="true" className="absolute top-7 bottom-1 left-3 w-px bg-border group-last/step:hidden" />
          <span
            aria-hidden="true"
            className="num grid size-6 shrink-0 place-items-center rounded-full border border-border bg-raised text-secondary font-semibold text-text-2"
          >
            {index + 1}
          </span>
          <div className="flex min-w-0 flex-1 flex-col gap-2 pt-0.5">
            <p className="text-body">{title}</p>
            {content}
          </div>
        </li>
      ))}
    </ol>
  );
}
