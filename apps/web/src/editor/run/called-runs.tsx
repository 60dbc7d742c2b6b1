import type { CalledRun } from '@millwright/contracts';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StatusGlyph } from '../../ui/states/status-glyph.tsx';
import { useTexts } from '../texts.ts';

/** Links that are shown before the rest is behind a click. */
const SHOWN = 5;

function RunLink({ run, isOnly }: { readonly run: CalledRun; readonly isOnly: boolean }) {
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  return (
    <li>
      <Link to="/runs/$runId" params={{ runId: run.runId }} className="inline-flex items-center gap-2 py-0.5 text-accent hover:underline">
        <StatusGlyph status={run.status} sizePx={14} label={core(`status.${run.status}`)} />
        {isOnly || run.itemIndex < 0 ? t('run.openChild') : t('run.openChildOf', { number: run.itemIndex + 1 })}
      </Link>
    </li>
  );
}

/** The runs that a step called, each with how it stands: while it waits for them and afterwards. */
export function CalledRuns({ runs }: { readonly runs: readonly CalledRun[] }) {
  const { t } = useTexts();
  const links = runs.map((run) => <RunLink key={run.runId} run={run} isOnly={runs.length === 1} />);
  return (
    <div className="text-body">
      <ul>{links.slice(0, SHOWN)}</ul>
      {links.length > SHOWN ? (
        <details>
          <summary className="cursor-pointer text-accent">{t('resume.more', { count: links.length - SHOWN })}</summary>
          <ul>{links.slice(SHOWN)}</ul>
        </details>
      ) : null}
    </div>
  );
}
