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
import { AppEventsStep } from './app-events-step.tsx';
import { useConnectionsChanged } from '../connections/connection-queries.ts';

/** What is entered; the form and the steps around it share it. */
function useClientApp(app: ClientAppView, onDone: () => void) {
  const changed = useConnectionsChanged();
  const [clientId, setClientId] = useState(app.clientId ?? '');
  const [clientSecret, setClientSecret] = useState('');
  const [signingSecret, setSigningSecret] = useState('');
  const [isTried, setTried] = useState(false);
  const put = useMutation({
    mutationFn: () =>
      api.clientApps.put({
        connectorKey: app.connectorKey,
        body: {
          clientId: clientId.trim(),
          ...(clientSecret === '' ? {} : { clientSecret }),
          ...(signingSecret === '' ? {} : { signingSecret }),
        },
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
  const isMissing = isTried && clientId.trim() === '';
  return { clientId, clientSecret, signingSecret, setClientId, setClientSecret, setSigningSecret, isMissing, put, submit };
}

interface SecretFieldProps {
  readonly label: string;
  readonly hint: string;
  /** One is stored: it stays where nothing is entered. */
  readonly isKept: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A secret that is stored and never shown again. */
function SecretField({ label, hint, isKept, value, onChange }: SecretFieldProps) {
  const { t } = useTranslation('clientApps');
  return (
    <Field label={label} hint={isKept ? t('form.keptHint') : hint}>
      {(control) => (
        <PasswordInput
          {...control}
          autoComplete="new-password"
          placeholder={isKept ? t('form.kept') : undefined}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** What the vendor's console shows once this install is registered there. */
function EntryFields({ app, entry }: { readonly app: ClientAppView; readonly entry: ReturnType<typeof useClientApp> }) {
  const { t } = useTranslation('clientApps');
  const signingSecret = app.events?.signingSecret ?? null;
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
      <SecretField
        label={t('form.clientSecret')}
        hint={t('form.secretHint')}
        isKept={app.hasSecret}
        value={entry.clientSecret}
        onChange={entry.setClientSecret}
      />
      {signingSecret ? (
        <SecretField
          label={signingSecret.label}
          hint={t('events.secretHint', { app: app.connectorTitle })}
          isKept={signingSecret.isEntered}
          value={entry.signingSecret}
          onChange={entry.setSigningSecret}
        />
      ) : null}
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
          ...(app.events === null
            ? []
            : [{ key: 'events', title: t('events.step'), content: <AppEventsStep app={app.connectorTitle} events={app.events} /> }]),
          {
            key: 'enter',
            title: app.events?.signingSecret ? t('events.enter', { secret: app.events.signingSecret.label }) : t('form.enter'),
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
