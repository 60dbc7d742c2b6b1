import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/controls/field.tsx';
import { PasswordInput } from '../../ui/controls/password-input.tsx';
import { StrengthWords } from './strength-words.tsx';

/** A password that is being chosen, with words on its strength while typing. */
export function NewPasswordField({ isFaulty, about }: { readonly isFaulty: boolean; readonly about: readonly string[] }) {
  const { t } = useTranslation('entry');
  const [password, setPassword] = useState('');
  return (
    <Field
      label={t('fields.password')}
      error={isFaulty ? t('fields.newPasswordError') : undefined}
      hint={password === '' ? t('fields.newPasswordHint') : <StrengthWords password={password} about={about} />}
    >
      {(control) => (
        <PasswordInput {...control} name="password" autoComplete="new-password" required size="lg" onChange={(event) => setPassword(event.currentTarget.value)} />
      )}
    </Field>
  );
}
