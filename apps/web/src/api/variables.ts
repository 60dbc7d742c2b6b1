import { queryOptions } from '@tanstack/react-query';
import { api } from './client.ts';

/** Beyond this the variables are read again when somebody looks, ms. */
const FRESH_MS = 15_000;

/** Variables of the workspace and allowed environment names: the settings show them, expressions are completed from them. */
export const variablesQuery = queryOptions({
  queryKey: ['variables'],
  queryFn: ({ signal }) => api.variables.list({}, { signal }),
  staleTime: FRESH_MS,
});
