import { useTranslation } from 'react-i18next';
import { passwordStrength } from './password-strength.ts';

const levels = { short: 1, guessable: 2, fair: 3, strong: 4 } as const;
const colors = {
  short: 'bg-status-failed',
  guessable: 'bg-status-retrying',
  fair: 'bg-status-running',
  strong: 'bg-status-success',
} as const;

/** Bars and a word for a password's strength; nothing while it is empty. */
export function StrengthWords({ password, about }: { readonly password: string; readonly about: readonly string[] }) {
  const { t } = useTranslation('entry');
  if (password === '') return null;
  const strength = passwordStrength(password, about);
  const word = strength.kind === 'short' ? t('strength.short', { count: strength.missing }) : t(`strength.${strength.kind}`);
  return (
    <div className="flex items-center gap-2 text-secondary text-text-2">
      <span className="flex gap-0.5" aria-hidden="true">
        {[1, 2, 3, 4].map((level) => (
          <span key={level} className={`h-1 w-6 rounded-full ${level <= levels[strength.kind] ? colors[strength.kind] : 'bg-raised'}`} />
        ))}
      </span>
      <output>{t('strength.label', { word })}</output>
    </div>
  );
}
