import type { MemberView } from '@millwright/contracts';
import { ROLES } from '@millwright/contracts/permissions';
import { UserMinus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan, useSession } from '../../api/session.ts';
import { useFormat } from '../../i18n/format.ts';
import { Avatar } from '../../shell/avatar.tsx';
import { ConfirmDialog } from '../../ui/layers/confirm-dialog.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Pill } from '../../ui/states/pill.tsx';
import { Select } from '../../ui/controls/select.tsx';
import { actionsColumn, type Column, Table } from '../../ui/table.tsx';
import { showToast } from '../../ui/layers/toast.tsx';
import { useChangeRole, useRemoveMember } from './member-queries.ts';

function Person({ member }: { readonly member: MemberView }) {
  const { t } = useTranslation('settings');
  const { user } = useSession();
  return (
    <span className="flex min-w-0 items-center gap-2.5 py-1.5">
      <Avatar name={member.name} />
      <span className="min-w-0">
        <span className="flex items-center gap-1.5">
          <span className="truncate font-medium" title={member.name}>
            {member.name}
          </span>
          {member.userId === user.id ? <Pill>{t('members.you')}</Pill> : null}
        </span>
        <span className="block truncate text-secondary text-text-3" title={member.email}>
          {member.email}
        </span>
      </span>
    </span>
  );
}

function RoleCell({ member }: { readonly member: MemberView }) {
  const { t } = useTranslation('settings');
  const core = useTranslation('core');
  const canManage = useCan('members.manage');
  const mine = useSession().role;
  const change = useChangeRole();
  // Only an owner makes owners, or changes one; the server refuses it otherwise.
  const isOutOfReach = member.role === 'owner' && mine !== 'owner';
  if (!canManage || isOutOfReach) return <span className="text-text-2">{core.t(`roles.${member.role}`)}</span>;
  const options = ROLES.filter((role) => role !== 'owner' || mine === 'owner').map((role) => ({
    value: role,
    label: core.t(`roles.${role}`),
    hint: t(`roleHints.${role}`),
  }));
  return (
    <Select
      quiet
      className="w-36"
      label={t('members.roleOf', { name: member.name })}
      value={member.role}
      options={options}
      disabled={change.isPending}
      onChange={(role) => {
        if (role === member.role) return;
        const tell = (): void => showToast({ title: t('members.roleDone', { name: member.name, role: core.t(`roles.${role}`) }) });
        change.mutate({ memberId: member.id, role }, { onSuccess: tell });
      }}
    />
  );
}

function RemoveCell({ member }: { readonly member: MemberView }) {
  const { t } = useTranslation('settings');
  const canManage = useCan('members.manage');
  const { user, role } = useSession();
  const [asking, setAsking] = useState(false);
  const remove = useRemoveMember();
  if (!canManage || member.userId === user.id || (member.role === 'owner' && role !== 'owner')) return null;
  const { name } = member;
  return (
    <>
      <IconButton size="sm" label={t('members.remove', { name })} icon={<UserMinus size={14} />} onClick={() => setAsking(true)} />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('members.removeTitle', { name })}
        body={t('members.removeBody')}
        action={t('members.removeAction')}
        danger
        onConfirm={async () => {
          await remove.mutateAsync(member.id);
          showToast({ title: t('members.removeDone', { name }) });
        }}
      />
    </>
  );
}

/** Everybody in the workspace. */
export function MemberTable({ members }: { readonly members: readonly MemberView[] }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const columns: readonly Column<MemberView>[] = [
    { key: 'person', header: t('members.columns.person'), narrow: 'main', cell: (member) => <Person member={member} /> },
    { key: 'role', header: t('members.columns.role'), width: '180px', cell: (member) => <RoleCell member={member} /> },
    {
      key: 'since',
      header: t('members.columns.since'),
      width: '140px',
      narrow: 'hide',
      cell: (member) => (
        <time dateTime={member.createdAt} title={format.exact(member.createdAt)} className="text-text-3">
          {format.date(member.createdAt)}
        </time>
      ),
    },
    actionsColumn(t('members.columns.actions'), (member) => <RemoveCell member={member} />),
  ];
  return <Table label={t('members.title')} columns={columns} rows={members} rowKey={(member) => member.id} />;
}
