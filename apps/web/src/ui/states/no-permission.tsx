import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './empty-state.tsx';

/** A place that a person's role does not open; says who can change that. */
export function NoPermission({ title }: { readonly title: string }) {
  const { t } = useTranslation('core');
  return (
    <EmptyState art={<Lock size={28} aria-hidden="true" />} title={title}>
      {t('errors.forbidden')} {t('errors.forbiddenNext')}
    </EmptyState>
  );
}
