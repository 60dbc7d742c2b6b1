import { useTranslation } from 'react-i18next';
import { type Status, StatusGlyph } from './status-glyph.tsx';

/** Glyph, word and colour of a status. */
export function StatusBadge({ status }: { readonly status: Status }) {
  const { t } = useTranslation('core');
  return (
    <span className="inline-flex items-center gap-1.5 text-body whitespace-nowrap">
      <StatusGlyph status={status} />
      {t(`status.${status}`)}
    </span>
  );
}
