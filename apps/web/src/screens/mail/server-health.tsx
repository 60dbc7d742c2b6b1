import type { MailSettingsView } from '@millwright/contracts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { useNow } from '../../i18n/now.ts';
import { Sheet } from '../../shell/page.tsx';
import { StatusGlyph } from '../../ui/states/status-glyph.tsx';
import { faultKey } from './fault-words.ts';
import { ServerWords } from './server-words.tsx';

const GLYPHS = { untested: 'pending', working: 'succeeded', failing: 'failed' } as const;

/** How the server stands, what is safe, and what happens next. */
export function ServerHealth({ view }: { readonly view: MailSettingsView }) {
  const { t } = useTranslation('mail');
  const format = useFormat();
  const nowMs = useNow();
  const { state, code, text, at, pausedUntil } = view.health;
  if (state === 'unset') return null;
  return (
    <Sheet>
      <div role="status" className="flex gap-2.5 p-4">
        <span className="pt-0.5">
          <StatusGlyph status={GLYPHS[state]} />
        </span>
        <div className="flex min-w-0 flex-col gap-1">
          {state === 'untested' ? <p>{t('health.untested')}</p> : null}
          {state === 'working' && at !== null ? <p>{t('health.working', { time: format.relative(at, nowMs) })}</p> : null}
          {state === 'failing' ? (
            <>
              <p className="font-medium">{t('health.failing')}</p>
              <p>{t(faultKey(code))}</p>
              <ServerWords text={text} />
              <p className="text-text-2">
                {t('health.safe', { count: view.counts.waiting })}{' '}
                {view.counts.waiting > 0 && pausedUntil !== null ? t('health.next', { time: format.relative(pausedUntil, nowMs) }) : null}
              </p>
            </>
          ) : null}
        </div>
      </div>
    </Sheet>
  );
}
