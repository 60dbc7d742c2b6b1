import type { MailView } from '@millwright/contracts';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { useErrorToast } from '../../api/use-error-toast.ts';

/** While mails wait, their state is read again this often, ms. */
const WATCH_MS = 5_000;

const KEY = ['mail'] as const;

/** The mail server and how it stands. */
export const mailSettingsQuery = queryOptions({
  queryKey: [...KEY, 'settings'],
  queryFn: ({ signal }) => api.mail.getSettings({}, { signal }),
  refetchInterval: ({ state: { data } }) => (data !== undefined && data.counts.waiting > 0 ? WATCH_MS : false),
});

/** Mails in a state; all of them without one. */
export function outboxQuery(state: MailView['state'] | null) {
  return infiniteQueryOptions({
    queryKey: [...KEY, 'outbox', state],
    queryFn: ({ signal, pageParam }) =>
      api.mail.listOutbox({ ...(state === null ? {} : { state }), ...(pageParam === '' ? {} : { cursor: pageParam }) }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ items }) => items.some((mail) => mail.state === 'waiting')) === true ? WATCH_MS : false,
  });
}

/** Reads everything about mails again. */
function useFresh(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => queryClient.invalidateQueries({ queryKey: KEY });
}

/** Stores the server; the form shows what is wrong. */
export function useSaveServer() {
  const fresh = useFresh();
  return useMutation({
    mutationFn: (body: Parameters<typeof api.mail.putSettings>[0]['body']) => api.mail.putSettings({ body }),
    onSuccess: fresh,
  });
}

/** Forgets the server. */
export function useRemoveServer() {
  const fresh = useFresh();
  const tellError = useErrorToast();
  return useMutation({ mutationFn: () => api.mail.removeSettings({}), onSuccess: fresh, onError: tellError });
}

/** Sends a test message. */
export function useSendTest() {
  const fresh = useFresh();
  return useMutation({ mutationFn: (to: string) => api.mail.test({ body: { to } }), onSettled: fresh });
}

/** Has a mail sent now. */
export function useRetryMail() {
  const fresh = useFresh();
  return useMutation({ mutationFn: (mailId: string) => api.mail.retry({ mailId }), onSettled: fresh });
}
