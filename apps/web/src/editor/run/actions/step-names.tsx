import { useTexts } from '../../texts.ts';

/** Names that are shown before the rest is only counted. */
const SHOWN = 5;

/** A few names of steps under a title, the rest behind a click; nothing for no steps. */
export function StepNames({
  title,
  steps,
}: {
  readonly title: string;
  readonly steps: readonly { readonly nodeId: string; readonly name: string; readonly note?: string }[];
}) {
  const { t } = useTexts();
  if (steps.length === 0) return null;
  const line = (step: (typeof steps)[number]) => (
    <li key={step.nodeId} className="min-w-0 truncate" title={step.name}>
      {step.name}
      {step.note ? <span className="text-text-3"> · {step.note}</span> : null}
    </li>
  );
  return (
    <div className="text-secondary">
      <p className="text-text-3">{title}</p>
      <ul className="border-l-2 border-border pl-2">{steps.slice(0, SHOWN).map(line)}</ul>
      {steps.length > SHOWN ? (
        <details>
          <summary className="cursor-pointer text-accent">{t('resume.more', { count: steps.length - SHOWN })}</summary>
          <ul className="border-l-2 border-border pl-2">{steps.slice(SHOWN).map(line)}</ul>
        </details>
      ) : null}
    </div>
  );
}
