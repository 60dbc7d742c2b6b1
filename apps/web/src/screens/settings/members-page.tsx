import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../api/error-words.ts';
import { useCan, useSession } from '../../api/session.ts';
import { Sheet } from '../../shell/page.tsx';
import { Button } from '../../ui/controls/button.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { NoPermission } from '../../ui/states/no-permission.tsx';
import { SkeletonRows } from '../../ui/states/skeleton.tsx';
import { InvitationList } from './invitation-list.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberTable } from './member-table.tsx';
import { membersQuery } from './member-queries.ts';

function Members() {
  const core = useTranslation('core');
  const members = useQuery(membersQuery);
  if (members.isPending) return <SkeletonRows rows={3} />;
  if (members.isError)
    return <ErrorState title={core.t('errors.title')} words={errorWords(members.error, core.t)} onRetry={() => void members.refetch()} />;
  return <MemberTable members={members.data.items} />;
}

/** Who is in the workspace, with which role, and who was invited. */
export function MembersPage() {
  const { t } = useTranslation('settings');
  const { workspace } = useSession();
  const canRead = useCan('members.read');
  const canManage = useCan('members.manage');
  const [inviting, setInviting] = useState(false);
  if (!canRead) {
    return <NoPermission title={t('members.forbiddenTitle')} />;
  }
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-60 text-text-2">{t('members.intro', { workspace: workspace.name })}</p>
        {canManage ? (
          <Button variant="primary" onClick={() => setInviting(true)}>
            <UserPlus size={14} aria-hidden="true" />
            {t('members.invite')}
          </Button>
        ) : null}
      </div>
      <Sheet>
        <Members />
      </Sheet>
      {canManage ? <InvitationList /> : null}
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </>
  );
}
