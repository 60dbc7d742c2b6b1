import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../api/error-words.ts';
import { looksLikeEmail } from '../../api/looks-like-email.ts';
import { useSession } from '../../api/session.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Field } from '../../ui/controls/field.tsx';
import { TextInput } from '../../ui/controls/text-input.tsx';
import { StatusGlyph } from '../../ui/states/status-glyph.tsx';
import { faultKey } from './fault-words.ts';
import { useSendTest } from './mail-queries.ts';
import { ServerWords } from './server-words.tsx';

function Result({ send }: { readonly send: ReturnType<typeof useSendTest> }) {
  const { t } = useTranslation('mail');
  const core = useTranslation('core');
  if (send.isPending || send.isIdle) return null;
  const words = send.error ? errorWords(send.error, core.t) : null;
  const isAccepted = send.data?.isAccepted === true;
  return (
    <div className="flex gap-2">
      <span className="pt-0.5">
        <StatusGlyph status={isAccepted ? 'succeeded' : 'failed'} />
      </span>
      <div className="flex min-w-0 flex-col gap-1">
        <p className="font-medium">{isAccepted ? t('test.accepted') : t('test.refused')}</p>
        {words === null ? null : <p>{`${words.what} ${words.next}`}</p>}
        {send.data === undefined ? null : (
          <>
            <p>{isAccepted ? t('test.acceptedNext', { to: send.variables }) : t(faultKey(send.data.code))}</p>
            <ServerWords text={send.data.text} />
          </>
        )}
      </div>
    </div>
  );
}

/** Sends a message with what is saved, and says what the server said. */
export function TestPanel() {
  const { t } = useTranslation('mail');
  const { user } = useSession();
  const [to, setTo] = useState(user.email);
  const [isFaulty, setFaulty] = useState(false);
  const send = useSendTest();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const isRight = looksLikeEmail(to);
    setFaulty(!isRight);
    if (isRight && !send.isPending) send.mutate(to.trim());
  };
  return (
    <form noValidate onSubmit={submit} className="flex max-w-md flex-col gap-3">
      <Field label={t('test.to')} error={isFaulty ? t('test.toError') : undefined}>
        {(control) => (
          <TextInput {...control} type="email" autoComplete="email" value={to} onChange={(event) => setTo(event.currentTarget.value)} />
        )}
      </Field>
      <div>
        <Button type="submit" busy={send.isPending}>
          {t('test.action')}
        </Button>
      </div>
      <div role="status">
        <Result send={send} />
      </div>
    </form>
  );
}
