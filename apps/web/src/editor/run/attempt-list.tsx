import type { AttemptView } from '@millwright/contracts';
import { useFormat } from '../../i18n/format.ts';
import { useTexts } from '../texts.ts';
import { errorText, sentences } from './step-run-words.ts';

const COLORS: Readonly<Record<AttemptView['status'], string>> = {
  started: 'text-status-running',
  done: 'text-status-success',
  failed: 'text-status-failed',
  notSent: 'text-text-3',
  unknown: 'text-status-waiting',
};

/** The tries that reached somebody: the entry of a list whose items were tried one by one only sums them up. */
export function triesOf(attempts: readonly AttemptView[]): readonly AttemptView[] {
  const ofItems = attempts.filter((attempt) => attempt.itemIndex >= 0);
  return ofItems.length > 0 ? ofItems : attempts;
}

/** Every try of a step: which item, how it went, how long it took. */
export function AttemptList({ attempts }: { readonly attempts: readonly AttemptView[] }) {
  const texts = useTexts();
  const { t } = texts;
  const format = useFormat();
  if (attempts.length === 0) return <p className="p-4 text-body text-text-2">{t('run.noAttempts')}</p>;
  return (
    <ol className="min-h-0 flex-1 overflow-y-auto p-2">
      {attempts.map((attempt) => {
        const error = attempt.error ? errorText(attempt.error, texts) : null;
        return (
          <li key={`${attempt.itemIndex}:${attempt.attempt}`} className="border-b border-border px-2 py-2 last:border-b-0">
            <p className="flex items-baseline gap-3 text-secondary">
              <span className={`font-medium ${COLORS[attempt.status]}`}>{t(`attempt.${attempt.status}`)}</span>
              <span className="text-text-2">
                {attempt.itemIndex < 0
                  ? t('attempt.all', { number: attempt.attempt })
                  : t('attempt.item', { item: attempt.itemIndex + 1, number: attempt.attempt })}
              </span>
              <span className="num ml-auto text-text-3" title={format.exact(attempt.startedAt)}>
                {format.time(attempt.startedAt)}
                {attempt.finishedAt === null
                  ? ''
                  : ` · ${format.duration(new Date(attempt.finishedAt).getTime() - new Date(attempt.startedAt).getTime())}`}
              </span>
            </p>
            {error ? <p className="text-secondary text-text-2">{sentences(error.what, error.next, error.original)}</p> : null}
          </li>
        );
      })}
    </ol>
  );
}
