import type { CredentialView, MemberView } from '@millwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../../api/error-words.ts';
import { Avatar } from '../../../shell/avatar.tsx';
import { Button } from '../../../ui/controls/button.tsx';
import { Switch } from '../../../ui/controls/switch.tsx';
import { TextInput } from '../../../ui/controls/text-input.tsx';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { showToast } from '../../../ui/layers/toast.tsx';
import { ErrorState } from '../../../ui/states/error-state.tsx';
import { SkeletonRows } from '../../../ui/states/skeleton.tsx';
import { membersQuery } from '../../settings/member-queries.ts';
import { type Grant, useShareConnection } from '../connection-queries.ts';

/** Roles that a connection can be shared with; owners and admins may use every one. */
const ROLES = ['editor', 'operator'] as const;
/** From this many people on there is a search. */
const SEARCH_FROM = 8;

const keyOf = (grant: Grant): string => (grant.kind === 'user' ? `user:${grant.userId}` : `role:${grant.role}`);

function grantsOf({ sharedWith }: CredentialView): ReadonlyMap<string, Grant> {
  const grants = sharedWith.map((grant): Grant => (grant.kind === 'user' ? { kind: 'user', userId: grant.user.id } : grant));
  return new Map(grants.map((grant) => [keyOf(grant), grant]));
}

/** One that the connection is or is not shared with. */
function Row({
  sign,
  title,
  hint,
  checked,
  onChange,
}: {
  readonly sign: ReactNode;
  readonly title: string;
  readonly hint: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <li className="flex min-h-11 items-center gap-3 py-1">
      {sign}
      <label htmlFor={id} className="min-w-0 flex-1">
        <span className="block truncate font-medium">{title}</span>
        <span className="block truncate text-secondary text-text-3">{hint}</span>
      </label>
      <Switch
        control={{ id, 'aria-describedby': undefined, 'aria-invalid': undefined }}
        checked={checked}
        onChange={onChange}
        label={title}
      />
    </li>
  );
}

type OnSet = (grant: Grant, isOn: boolean) => void;

interface GrantsProps {
  readonly grants: ReadonlyMap<string, Grant>;
  readonly onSet: OnSet;
}

/** Everybody of a role. */
function Roles({ grants, onSet }: GrantsProps) {
  const { t } = useTranslation('connections');
  const core = useTranslation('core');
  return (
    <ul aria-label={t('share.roles')} className="divide-y divide-border">
      {ROLES.map((role) => (
        <Row
          key={role}
          sign={
            <span className="grid size-7 shrink-0 place-items-center rounded-full bg-raised text-text-2" aria-hidden="true">
              <Users size={14} />
            </span>
          }
          title={t(`share.everybody.${role}`)}
          hint={core.t(`roles.${role}`)}
          checked={grants.has(`role:${role}`)}
          onChange={(isOn) => onSet({ kind: 'role', role }, isOn)}
        />
      ))}
    </ul>
  );
}

/** One by one, with a search where they are many. */
function People({ people, grants, onSet }: GrantsProps & { readonly people: readonly MemberView[] }) {
  const { t } = useTranslation('connections');
  const core = useTranslation('core');
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLocaleLowerCase();
  const found = people.filter(({ name, email }) => `${name} ${email}`.toLocaleLowerCase().includes(wanted));
  return (
    <>
      <h3 className="text-secondary font-medium text-text-2">{t('share.people')}</h3>
      {people.length >= SEARCH_FROM ? (
        <TextInput
          aria-label={t('share.search')}
          placeholder={t('share.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      ) : null}
      {people.length === 0 ? <p className="text-text-2">{t('share.nobody')}</p> : null}
      <ul aria-label={t('share.people')} className="max-h-64 divide-y divide-border overflow-y-auto">
        {found.map((member) => (
          <Row
            key={member.userId}
            sign={<Avatar name={member.name} />}
            title={member.name}
            hint={`${member.email} · ${core.t(`roles.${member.role}`)}`}
            checked={grants.has(`user:${member.userId}`)}
            onChange={(isOn) => onSet({ kind: 'user', userId: member.userId }, isOn)}
          />
        ))}
      </ul>
    </>
  );
}

function ShareList({
  connection,
  members,
  grants,
  onChange,
}: {
  readonly connection: CredentialView;
  readonly members: readonly MemberView[];
  readonly grants: ReadonlyMap<string, Grant>;
  readonly onChange: (grants: ReadonlyMap<string, Grant>) => void;
}) {
  const set: OnSet = (grant, isOn) => {
    const next = new Map(grants);
    if (isOn) next.set(keyOf(grant), grant);
    else next.delete(keyOf(grant));
    onChange(next);
  };
  const people = members.filter(({ role, userId }) => role !== 'owner' && role !== 'admin' && userId !== connection.owner.id);
  return (
    <div className="mt-3 flex flex-col gap-3">
      <Roles grants={grants} onSet={set} />
      <People people={people} grants={grants} onSet={set} />
    </div>
  );
}

/** Lets people and roles use a connection; using is not reading. */
export function ShareDialog({ connection, onClose }: { readonly connection: CredentialView; readonly onClose: () => void }) {
  const { t } = useTranslation('connections');
  const core = useTranslation('core');
  const members = useQuery(membersQuery);
  const share = useShareConnection(connection.id);
  const [grants, setGrants] = useState(() => grantsOf(connection));
  const save = (): void =>
    share.mutate([...grants.values()], {
      onSuccess: () => {
        showToast({ title: t('share.done', { name: connection.name }) });
        onClose();
      },
    });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('share.title', { name: connection.name })}
      description={t('share.body')}
      actions={
        <>
          <Button onClick={onClose}>{core.t('ui.cancel')}</Button>
          <Button variant="primary" busy={share.isPending} onClick={save}>
            {t('share.save')}
          </Button>
        </>
      }
    >
      {members.data ? (
        <ShareList connection={connection} members={members.data.items} grants={grants} onChange={setGrants} />
      ) : members.isError ? (
        <ErrorState
          compact
          title={core.t('errors.title')}
          words={errorWords(members.error, core.t)}
          onRetry={() => void members.refetch()}
        />
      ) : (
        <SkeletonRows rows={4} />
      )}
    </Dialog>
  );
}
