import type { CredentialView } from '@millwright/contracts';
import { Ellipsis, FlaskConical, Pencil, PlugZap, Trash2, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { showToast } from '../../ui/layers/toast.tsx';
import { buttonClass } from '../../ui/controls/button-class.ts';
import { Menu, type MenuEntry } from '../../ui/layers/menu.tsx';
import { type OpenConnection, useMayManage } from './connection-dialogs.tsx';
import { useTestConnection } from './connection-queries.ts';
import { needsPerson, useReason } from './connection-words.ts';

/** ⋯ of one connection; nothing for those that one may merely use. */
export function ConnectionMenu({
  connection,
  onOpen,
}: {
  readonly connection: CredentialView;
  readonly onOpen: (open: OpenConnection) => void;
}) {
  const { t } = useTranslation('connections');
  const canManage = useMayManage(connection);
  const test = useTestConnection();
  const reasonOf = useReason();
  if (!canManage) return null;
  const { name } = connection;
  const tell = (seen: CredentialView): void => {
    const isGood = seen.health.status === 'working';
    const reason = reasonOf(seen.health);
    if (seen.health.status === 'untested') showToast({ title: t('test.untested'), description: t('test.untestedNext') });
    else if (isGood) showToast({ title: t('test.toastWorks', { name }) });
    else showToast({ title: t('test.toastFails', { name }), description: `${reason.text} ${reason.hint}`.trim(), tone: 'failed' });
  };
  const entries: readonly MenuEntry[] = [
    {
      key: 'test',
      label: t('actions.test'),
      icon: <FlaskConical size={14} />,
      disabled: needsPerson(connection),
      onSelect: () => test.mutate(connection.id, { onSuccess: tell }),
    },
    ...(connection.connect === 'fields'
      ? []
      : [{ key: 'reconnect', label: t('actions.reconnect'), icon: <PlugZap size={14} />, onSelect: () => onOpen('reconnect') }]),
    { key: 'edit', label: t('actions.edit'), icon: <Pencil size={14} />, onSelect: () => onOpen('edit') },
    { key: 'share', label: t('actions.share'), icon: <Users size={14} />, onSelect: () => onOpen('share') },
    { kind: 'separator', key: 'line' },
    { key: 'remove', label: t('actions.remove'), icon: <Trash2 size={14} />, danger: true, onSelect: () => onOpen('remove') },
  ];
  return (
    <span className="relative z-1">
      <Menu
        align="end"
        entries={entries}
        trigger={
          <button type="button" className={buttonClass('quiet', 'sm', 'w-7 px-0!')} aria-label={t('actions.menu', { name })}>
            <Ellipsis size={16} aria-hidden="true" />
          </button>
        }
      />
    </span>
  );
}
