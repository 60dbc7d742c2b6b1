import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';

/** The workflow itself: name, live version, webhook addresses. */
export function workflowQuery(workflowId: string) {
  return queryOptions({
    queryKey: ['workflows', 'one', workflowId],
    queryFn: ({ signal }) => api.workflows.get({ workflowId }, { signal }),
  });
}

/** A cURL command that a shell takes as it is. */
export function curlFor(url: string, body: string): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  return [`curl -X POST ${quoted(url)}`, `-H 'Content-Type: application/json'`, `-d ${quoted(body)}`].join(' \\\n  ');
}

/** What a caller sends when nobody said anything else. */
export const SAMPLE_BODY = { name: 'Jane Doe', email: 'jane@acme.com', company: 'Acme' } as const;
