import { Check, CloudOff, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Tooltip } from '../../ui/layers/tooltip.tsx';
import type { DraftSync } from '../sync/draft-sync.ts';
import type { SaveState } from '../sync/save-state.ts';
import { useInterface } from '../session-context.ts';
import { useTexts } from '../texts.ts';

const ICONS: Readonly<Record<SaveState, ReactNode>> = {
  loading: <LoaderCircle size={13} className="spinner" aria-hidden="true" />,
  saving: <LoaderCircle size={13} className="spinner" aria-hidden="true" />,
  saved: <Check size={13} className="text-status-success" aria-hidden="true" />,
  offline: <CloudOff size={13} className="text-status-retrying" aria-hidden="true" />,
  problem: <TriangleAlert size={13} className="text-status-failed" aria-hidden="true" />,
};

/** Saved, saving, offline but kept on this device, or a problem: always in words. */
export function SavePill({ sync }: { readonly sync: DraftSync }) {
  const { t } = useTexts();
  const { save: synced, hasJournal, isRestored, isReady } = useStore(sync.state);
  const isTyping = useInterface((state) => state.typing > 0);
  const save = synced === 'saved' && isTyping ? 'saving' : synced;
  const isNotKept = isReady && hasJournal === false;
  const isOnlyHere = save === 'offline' && isNotKept;
  const extra = isOnlyHere ? null : isNotKept ? t('save.notKept') : isRestored ? t('save.restored') : null;
  const hints: string[] = [isOnlyHere ? t('save.offlineNoJournal') : t(`save.${save}Hint`)];
  if (extra !== null) hints.push(t(isNotKept ? 'save.notKeptHint' : 'save.restoredHint'));
  const hint = hints.join(' ');
  const label = isOnlyHere ? t('save.offlineNotKept') : t(`save.${save}`);
  return (
    <Tooltip label={hint}>
      <span
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its tooltip must be reachable by keyboard
        tabIndex={0}
        role="status"
        aria-label={`${extra === null ? label : `${label} – ${extra}`}. ${hint}`}
        data-save={save}
        className="inline-flex items-center gap-1.5 rounded-control px-1.5 py-0.5 text-secondary whitespace-nowrap text-text-2"
      >
        {ICONS[save]}
        <span className="max-[56rem]:sr-only">{label}</span>
        {extra === null ? null : <span className="text-text-3 max-[56rem]:sr-only">– {extra}</span>}
      </span>
    </Tooltip>
  );
}
