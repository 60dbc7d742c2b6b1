import { type ChangeEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../ui/controls/field.tsx';
import { PasswordInput } from '../../ui/controls/password-input.tsx';
import { StrengthWords } from './strength-words.tsx';

/** What else stands in the form, such as name and e-mail: a guesser would try it. */
function otherTexts(form: HTMLFormElement): readonly string[] {
  return [...new FormData(form)].flatMap(([name, value]) => (name === 'password' || typeof value !== 'string' ? [] : [value]));
}

/** A password that is being chosen, with words on its strength while typing. */
export function NewPasswordField({ isFaulty }: { readonly isFaulty: boolean }) {
  const { t } = useTranslation('entry');
  const [password, setPassword] = useState('');
  const [about, setAbout] = useState<readonly string[]>([]);
  const onChange = ({ currentTarget: { form, value } }: ChangeEvent<HTMLInputElement>): void => {
    setPassword(value);
    if (form) setAbout(otherTexts(form));
  };
  return (
    <Field
      label={t('fields.password')}
      error={isFaulty ? t('fields.newPasswordError') : undefined}
      hint={password === '' ? t('fields.newPasswordHint') : <StrengthWords password={password} about={about} />}
    >
      {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" required size="lg" onChange={onChange} />}
    </Field>
  );
}
