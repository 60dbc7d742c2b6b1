import { ApiError } from '@millwright/client';
import type { Role } from '@millwright/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { sessionQuery } from '../../api/session.ts';
import { useErrorToast } from '../../api/use-error-toast.ts';
import { showToast } from '../../ui/layers/toast.tsx';

/** Everybody in the workspace. */
export const membersQuery = queryOptions({ queryKey: ['members'], queryFn: ({ signal }) => api.members.list({}, { signal }) });

/** Invitations that nobody has accepted yet. */
export const invitationsQuery = queryOptions({ queryKey: ['invitations'], queryFn: ({ signal }) => api.invitations.list({}, { signal }) });

/** Says why a change to a member was refused; the only owner gets words of its own. */
function useMemberError(): (error: unknown) => void {
  const { t } = useTranslation('settings');
  const tellError = useErrorToast();
  return (error) => {
    if (error instanceof ApiError && error.code === 'last_owner') {
      showToast({ title: t('members.lastOwnerTitle'), description: t('members.lastOwner'), tone: 'failed' });
    } else tellError(error);
  };
}

/** Changes a member's role. */
export function useChangeRole() {
  const queryClient = useQueryClient();
  const tellError = useMemberError();
  return useMutation({
    mutationFn: ({ memberId, role }: { readonly memberId: string; readonly role: Role }) =>
      api.members.update({ memberId, body: { role } }),
    onSuccess: async () => {
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: membersQuery.queryKey }),
        queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      ]);
    },
    onError: tellError,
  });
}

/** Removes a member. */
export function useRemoveMember() {
  const queryClient = useQueryClient();
  const tellError = useMemberError();
  return useMutation({
    mutationFn: (memberId: string) => api.members.remove({ memberId }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: membersQuery.queryKey }),
    onError: tellError,
  });
}

/** Makes an invitation link. */
export function useInvite() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly email: string; readonly role: Role }) => api.invitations.create({ body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
}

/** Withdraws an invitation. */
export function useWithdraw() {
  const queryClient = useQueryClient();
  const tellError = useErrorToast();
  return useMutation({
    mutationFn: (invitationId: string) => api.invitations.remove({ invitationId }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
    onError: tellError,
  });
}
