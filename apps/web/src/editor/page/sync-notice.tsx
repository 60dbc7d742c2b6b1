import { MAX_DRAFT_BYTES } from '@millwright/workflow/draft';
import { useStore } from 'zustand';
import { useFormat } from '../../i18n/format.ts';
import type { DraftSync } from '../sync/draft-sync.ts';
import { useTexts } from '../texts.ts';

const MB = 1024 * 1024;

/** What holds for the whole draft and has to be known before it hurts: a newer format, a size near the limit. */
export function SyncNotice({ sync }: { readonly sync: DraftSync }) {
  const { t } = useTexts();
  const format = useFormat();
  const { isNewer, largeBytes } = useStore(sync.state);
  if (!isNewer && largeBytes === null) return null;
  const values = { size: format.number(Math.round((largeBytes ?? 0) / (MB / 10)) / 10), limit: format.number(MAX_DRAFT_BYTES / MB) };
  const isTooLarge = largeBytes !== null && largeBytes > MAX_DRAFT_BYTES;
  return (
    <p role="note" className="border-b border-border bg-raised px-3 py-2 text-secondary">
      {isNewer ? t('notice.newer') : t(isTooLarge ? 'notice.tooLarge' : 'notice.large', values)}
    </p>
  );
}
