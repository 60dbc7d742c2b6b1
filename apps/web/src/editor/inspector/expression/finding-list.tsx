import type { Diagnostic, Fix } from '@millwright/expressions/browser';
import { CircleAlert, Info } from 'lucide-react';
import { classes } from '../../../ui/controls/classes.ts';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';

/** Findings shown at once. */
const MOST = 3;

/** What is wrong, in the language of the interface; in English in the interpreter's own words where it knows best. */
function useFindingWords(): (finding: Diagnostic) => string {
  const { say, language } = useTexts();
  return ({ code, values, hint }) => {
    const isOfInterpreter = code === 'syntax' || code === 'denied' || code === 'limit';
    // It says more than our texts, in English; of what is refused without a name only it can say what it is.
    if (isOfInterpreter && (language.startsWith('en') || (code === 'denied' && values['name'] === ''))) return hint;
    return say(`expression.finding.${code}`, values);
  };
}

function useFixWords(): (fix: Fix) => string {
  const { t } = useTexts();
  return ({ kind, to }) => t(`expression.fix.${kind}`, { to });
}

/** Under a field: what is wrong with its expressions, each with a fix to click. */
export function FindingList({ findings, onFix }: { readonly findings: readonly Diagnostic[]; readonly onFix: (fix: Fix) => void }) {
  const { t } = useTexts();
  const { isReadOnly } = useEditor();
  const words = useFindingWords();
  const fixWords = useFixWords();
  if (findings.length === 0) return null;
  return (
    <ul aria-label={t('expression.findings')} aria-live="polite" className="mt-0.5 flex flex-col gap-1 text-secondary">
      {findings.slice(0, MOST).map((finding) => {
        const isHint = finding.severity === 'hint';
        const Icon = isHint ? Info : CircleAlert;
        return (
          <li
            key={`${finding.code}:${finding.start}`}
            className={classes('flex flex-wrap items-baseline gap-x-2 gap-y-0.5', isHint ? 'text-text-2' : 'text-status-failed')}
          >
            <span className="flex min-w-0 gap-1.5">
              <Icon size={13} className="mt-0.5 shrink-0" aria-hidden="true" />
              <span className="min-w-0 break-words">{words(finding)}</span>
            </span>
            {isReadOnly
              ? null
              : finding.fixes.map((fix) => (
                  <button
                    key={fix.kind + fix.to}
                    type="button"
                    // The field keeps its caret.
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => onFix(fix)}
                    className="rounded-control text-accent underline underline-offset-2 pointer-coarse:min-h-11"
                  >
                    {fixWords(fix)}
                  </button>
                ))}
          </li>
        );
      })}
    </ul>
  );
}
