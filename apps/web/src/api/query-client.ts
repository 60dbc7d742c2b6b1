import { ApiError } from '@millwright/client';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

const MAX_TRIES = 3;

/** Whether an answer says that the session is gone (and not that a password was wrong). */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401 && error.code !== 'wrong_credentials';
}

/** Whether asking again can help: no answer, or the server's own trouble. */
export function canRetry(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

/**
 * The cache of everything that was read.
 * @param onSignedOut called when any request finds the session gone
 */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown): void => {
    if (isSignedOut(error)) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => (query.meta?.['quiet'] === true ? undefined : onError(error)) }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: (failures, error) => failures < MAX_TRIES - 1 && canRetry(error) },
      mutations: { retry: false },
    },
  });
}
