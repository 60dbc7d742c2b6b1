import type { NodeTypeInfo } from '@millwright/workflow';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { connectionsQuery } from '../../screens/connections/connection-queries.ts';

/** Whether this person has a connection that a step of a type can use. */
export function useConnected(): (info: NodeTypeInfo) => boolean {
  const { data } = useQuery(connectionsQuery);
  const types = useMemo(() => new Set((data?.items ?? []).map(({ type }) => type)), [data]);
  return (info) => (info.credentials ?? []).some((slot) => slot.types.some((type) => types.has(type)));
}
