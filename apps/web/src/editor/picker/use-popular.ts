import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../api/client.ts';

/** What a workspace uses changes slowly, ms. */
const FRESH_MS = 5 * 60_000;

const NONE: ReadonlyMap<string, number> = new Map();

/** How much this workspace's workflows use each type, 0 to 1; empty until that is known. */
export function usePopular(): ReadonlyMap<string, number> {
  const { data } = useQuery({
    queryKey: ['node-type-usage'],
    queryFn: ({ signal }) => api.nodeTypes.usage({}, { signal }),
    staleTime: FRESH_MS,
  });
  return useMemo(() => {
    const most = data?.items[0]?.workflows ?? 0;
    return most === 0 ? NONE : new Map(data?.items.map(({ type, workflows }) => [type, workflows / most]));
  }, [data]);
}
