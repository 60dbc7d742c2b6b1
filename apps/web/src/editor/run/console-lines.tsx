import type { ConsoleLineView } from '@millwright/contracts';
import { useTexts } from '../texts.ts';

/** What the executor keeps. */
const KEPT = 500;

const TONE: Readonly<Record<ConsoleLineView['level'], string>> = {
  log: '',
  info: '',
  debug: 'text-text-3',
  warn: 'text-status-retrying',
  error: 'text-status-failed',
};

/** What the program of a step wrote, line by line, with the item that it was about. */
export function ConsoleLines({ lines }: { readonly lines: readonly ConsoleLineView[] }) {
  const { t } = useTexts();
  const isPerItem = lines.some(({ itemIndex }) => itemIndex > 0);
  return (
    <div
      role="region"
      aria-label={t('run.console')}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto p-3 font-mono text-meta"
    >
      <ol>
        {lines.map(({ itemIndex, level, text }, index) => (
          <li key={index} className={`flex gap-2 border-b border-border/60 py-0.5 ${TONE[level]}`}>
            {isPerItem ? <span className="shrink-0 text-text-3">{t('run.consoleItem', { number: itemIndex + 1 })}</span> : null}
            {level === 'log' ? null : <span className="shrink-0 font-semibold">{level}</span>}
            <span className="min-w-0 break-words whitespace-pre-wrap">{text}</span>
          </li>
        ))}
      </ol>
      {lines.length >= KEPT ? <p className="pt-2 font-sans text-secondary text-text-3">{t('run.consoleCut', { count: KEPT })}</p> : null}
    </div>
  );
}
