import type { CredentialView } from '@millwright/contracts';
import type { NodeTypeInfo, Problem, WorkflowNode } from '@millwright/workflow';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../../api/error-words.ts';
import { useCan } from '../../../api/session.ts';
import { connectionsQuery, connectionTypesQuery } from '../../../screens/connections/connection-queries.ts';
import { appOf } from '../../../screens/connections/connection-words.ts';
import { HealthPill } from '../../../screens/connections/health-pill.tsx';
import { Button } from '../../../ui/controls/button.tsx';
import { Field } from '../../../ui/controls/field.tsx';
import { Select, type SelectOption } from '../../../ui/controls/select.tsx';
import { type CredentialSlot, takesKind } from '../../core/graph/credential-slots.ts';
import { findingWords } from '../../page/finding-words.ts';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { ConnectOnDemand } from './connect-on-demand.tsx';

/** Nothing chosen. */
const NONE = '';

interface SlotProps {
  readonly node: WorkflowNode;
  readonly info: NodeTypeInfo;
  readonly slot: CredentialSlot;
  readonly problems: readonly Problem[];
}

/** What can be chosen: connections of the right kind, and what is chosen already whatever it is. */
function useOptions(slot: CredentialSlot, value: string, all: readonly CredentialView[] | undefined): readonly SelectOption<string>[] {
  const { t } = useTranslation('connections');
  const offered = (all ?? []).filter(({ id, type }) => takesKind(slot, type) || id === value);
  return [
    { value: NONE, label: slot.required ? t('picker.choose') : t('picker.none'), disabled: slot.required },
    ...offered.map((connection) => ({
      value: connection.id,
      label: connection.name,
      hint: t('picker.of', { app: appOf(connection), owner: connection.owner.name ?? t('details.left') }),
    })),
    ...(value === NONE || offered.some(({ id }) => id === value)
      ? []
      : [{ value, label: all === undefined ? '…' : t('picker.notYoursOption') }]),
  ];
}

/** How the chosen one stands, and the way to it where somebody must act. */
function Chosen({ connection }: { readonly connection: CredentialView }) {
  const { t } = useTranslation('connections');
  const { status } = connection.health;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-secondary text-text-3">
      <HealthPill connection={connection} />
      {connection.account === null ? null : <span className="min-w-0 truncate">{connection.account}</span>}
      {status === 'needsReconnect' || status === 'notConnected' ? <span className="text-text-2">{t('picker.reconnect')}</span> : null}
      <Link to="/connections" search={{ connection: connection.id }} className="text-accent underline underline-offset-2">
        {t('picker.open')}
      </Link>
    </div>
  );
}

/** What is wrong with what is chosen: known at once, before the server has checked. */
function useFault(
  { info, slot, problems }: SlotProps,
  value: string,
  connections: readonly CredentialView[] | undefined,
): string | undefined {
  const { t } = useTranslation('connections');
  const texts = useTexts();
  const wrong = problems.find(({ field }) => field === `credentials.${slot.name}`);
  if (value !== NONE && connections !== undefined) {
    const chosen = connections.find(({ id }) => id === value);
    if (chosen === undefined) return t('picker.notYours');
    return takesKind(slot, chosen.type) ? undefined : t('picker.wrongKind');
  }
  if (value !== NONE || wrong === undefined) return undefined;
  return wrong.code === 'credential_missing' ? t('picker.missing') : findingWords(wrong, info, texts).text;
}

function Slot(props: SlotProps) {
  const { node, slot } = props;
  const { t } = useTranslation('connections');
  const core = useTranslation('core');
  const { draft, isReadOnly } = useEditor();
  const canCreate = useCan('credentials.write');
  const { data, error } = useQuery(connectionsQuery);
  const [isConnecting, setConnecting] = useState(false);
  const value = node.credentials[slot.name] ?? NONE;
  const options = useOptions(slot, value, data?.items);
  const fault = useFault(props, value, data?.items);
  const chosen = data?.items.find(({ id }) => id === value);
  const choose = (credentialId: string): void =>
    draft.apply([
      { kind: 'setCredential', nodeId: node.id, slot: slot.name, credentialId: credentialId === NONE ? undefined : credentialId },
    ]);
  return (
    <div data-field={`credentials.${slot.name}`} className="flex flex-col gap-2">
      <Field label={t('picker.label')} optional={!slot.required} error={error && !data ? errorWords(error, core.t).what : fault}>
        {(control) => <Select control={control} disabled={isReadOnly} value={value} options={options} onChange={choose} />}
      </Field>
      {chosen ? <Chosen connection={chosen} /> : null}
      {isReadOnly || !canCreate ? null : (
        <Button size="sm" className="self-start" onClick={() => setConnecting(true)}>
          <Plus size={14} aria-hidden="true" />
          <ConnectLabel slot={slot} />
        </Button>
      )}
      {isConnecting ? (
        <ConnectOnDemand types={slot.types} onClose={() => setConnecting(false)} onDone={(connection) => choose(connection.id)} />
      ) : null}
    </div>
  );
}

/** "Connect HubSpot": the app's own name where the slot takes one app. */
function ConnectLabel({ slot }: { readonly slot: CredentialSlot }) {
  const { t } = useTranslation('connections');
  const { data } = useQuery(connectionTypesQuery);
  const titles = new Set((data?.items ?? []).filter(({ type }) => slot.types.includes(type)).map(({ connectorTitle }) => connectorTitle));
  const [app] = titles;
  return app === undefined || titles.size > 1 ? t('picker.connectAny') : t('picker.connect', { app });
}

/** The connections that a step signs in with. */
export function ConnectionFields({ node, info, problems }: Omit<SlotProps, 'slot'>) {
  const slots = info.credentials ?? [];
  return slots.map((slot) => <Slot key={`${node.id}:${slot.name}`} node={node} info={info} slot={slot} problems={problems} />);
}
