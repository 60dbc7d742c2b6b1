import type { JsonValue } from '@millwright/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { useErrorToast } from '../../api/use-error-toast.ts';
import { variablesQuery } from '../../api/variables.ts';

/** Sets a variable; the form shows what is wrong. */
export function useSetVariable() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ key, value, isNew }: { readonly key: string; readonly value: JsonValue; readonly isNew: boolean }) =>
      api.variables.put({ key, body: { value, isNew } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: variablesQuery.queryKey }),
  });
}

/** Deletes a variable. */
export function useRemoveVariable() {
  const queryClient = useQueryClient();
  const tellError = useErrorToast();
  return useMutation({
    mutationFn: (key: string) => api.variables.remove({ key }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: variablesQuery.queryKey }),
    onError: tellError,
  });
}
