import { useTranslation } from 'react-i18next';

/** What a mail server said, as it said it; nothing when it said nothing. */
export function ServerWords({ text }: { readonly text: string | null }) {
  const { t } = useTranslation('mail');
  if (!text) return null;
  return (
    <p className="text-secondary text-text-2">
      {t('health.said')}: <code className="font-mono break-words">{text}</code>
    </p>
  );
}
