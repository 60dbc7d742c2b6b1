import type { ReliabilityView } from '@millwright/contracts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client.ts';

/** While a proof is under way the page asks this often, through the outage too. In ms. */
const ASK_EVERY_MS = 700;

/** Whether a proof is under way, as far as is known. */
export function isUnderWay(view: ReliabilityView | undefined): boolean {
  return view?.proof?.status === 'starting' || view?.proof?.status === 'recovering';
}

/** The last proof. What was read last stays while the server is away. */
export const reliabilityQuery = queryOptions({
  queryKey: ['reliability'],
  queryFn: ({ signal }) => api.reliability.get({}, { signal }),
  retry: false,
  refetchInterval: (query) => (isUnderWay(query.state.data) ? ASK_EVERY_MS : false),
});

/** Pulls the plug. */
export function useStartProof() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => api.reliability.startProof({}),
    onSettled: () => queryClient.invalidateQueries({ queryKey: reliabilityQuery.queryKey }),
  });
}
