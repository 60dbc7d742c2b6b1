import type { RunError, WaitsFor } from '@millwright/workflow';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../texts.ts';

/** The way to the run that a step called: while it waits for it, and after it failed. */
export function ChildLink({ waitsFor, error }: { readonly waitsFor: WaitsFor | null; readonly error: RunError | null }) {
  const { t } = useTexts();
  const waited = waitsFor?.kind === 'child' ? waitsFor.who : undefined;
  const runId = waited ?? error?.runId;
  if (runId === undefined || runId === '') return null;
  return (
    <Link to="/runs/$runId" params={{ runId }} className="self-start text-accent hover:underline">
      {t('run.openChild')}
    </Link>
  );
}
