import type { ClientAppView } from '@millwright/contracts';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { errorWords } from '../../api/error-words.ts';
import { Field } from '../../ui/controls/field.tsx';
import { PasswordInput } from '../../ui/controls/password-input.tsx';
import { TextInput } from '../../ui/controls/text-input.tsx';
import { ConsoleLink, CopyLine, ScopeList } from '../connections/parts/console-facts.tsx';
import { Notice } from '../connections/parts/notice.tsx';
import { NumberedSteps } from '../connections/parts/numbered-steps.tsx';
import { useConnectionsChanged } from '../connections/connection-queries.ts';

/** What is entered; the form and the steps around it share it. */
function useClientApp(app: ClientAppView, onDone: () => void) {
  const changed = useConnectionsChanged();
  const [clientId, setClientId] = useState(app.clientId ?? '');
  const [clientSecret, setClientSecret] = useState('');
  const [isTried, setTried] = useState(false);
  const put = useMutation({
    mutationFn: () =>
      api.clientApps.put({
        connectorKey: app.connectorKey,
        body: { clientId: clientId.trim(), ...(clientSecret === '' ? {} : { clientSecret }) },
      }),
    onSuccess: async () => {
      await changed();
      onDone();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (clientId.trim() !== '' && !put.isPending) put.mutate();
  };
  return { clientId, clientSecret, setClientId, setClientSecret, isMissing: isTried && clientId.trim() === '', put, submit };
}

/** What the vendor's console shows once this install is registered there. */
function EntryFields({ app, entry }: { readonly app: ClientAppView; readonly entry: ReturnType<typeof useClientApp> }) {
  const { t } = useTranslation('clientApps');
  return (
    <div className="flex flex-col gap-3">
      <Field label={t('form.clientId')} error={entry.isMissing ? t('form.missing') : undefined}>
        {(control) => (
          <TextInput
            {...control}
            mono
            autoComplete="off"
            spellCheck={false}
            value={entry.clientId}
            onChange={(event) => entry.setClientId(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t('form.clientSecret')} hint={app.hasSecret ? t('form.keptHint') : t('form.secretHint')}>
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete="new-password"
            placeholder={app.hasSecret ? t('form.kept') : undefined}
            value={entry.clientSecret}
            onChange={(event) => entry.setClientSecret(event.currentTarget.value)}
          />
        )}
      </Field>
    </div>
  );
}

/** Registers this install at a vendor: numbered steps, what to enter there, and what to bring back from there. */
export function ClientAppForm({ id, app, onDone }: { readonly id: string; readonly app: ClientAppView; readonly onDone: () => void }) {
  const { t } = useTranslation('clientApps');
  const core = useTranslation('core');
  const entry = useClientApp(app, onDone);
  const words = entry.put.error ? errorWords(entry.put.error, core.t) : null;
  return (
    <form id={id} noValidate onSubmit={entry.submit}>
      <NumberedSteps
        label={t('form.steps')}
        steps={[
          {
            key: 'console',
            title: t('form.console', { app: app.connectorTitle }),
            content: (
              <>
                <ConsoleLink url={app.consoleUrl} app={app.connectorTitle} />
                {app.notes === null ? null : <p className="text-secondary text-text-2">{app.notes}</p>}
              </>
            ),
          },
          { key: 'redirect', title: t('form.redirect'), content: <CopyLine label={t('form.redirectUri')} text={app.redirectUri} /> },
          ...(app.scopes.length === 0 ? [] : [{ key: 'scopes', title: t('form.scopes'), content: <ScopeList scopes={app.scopes} /> }]),
          {
            key: 'enter',
            title: t('form.enter'),
            content: <EntryFields app={app} entry={entry} />,
          },
        ]}
      />
      {words ? (
        <div className="mt-3">
          <Notice tone="bad" title={words.what}>
            {words.next}
          </Notice>
        </div>
      ) : null}
    </form>
  );
}
