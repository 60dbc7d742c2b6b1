import { endpoints } from '@millwright/contracts';
import { hashJson } from '@millwright/core/hash';
import type { JsonValue } from '@millwright/core';
import type { NodeTypeCatalog } from '@millwright/workflow';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

const etags = new WeakMap<NodeTypeCatalog, string>();

function etagOf(catalog: NodeTypeCatalog): string {
  const known = etags.get(catalog);
  if (known !== undefined) return known;
  const etag = `"${hashJson(catalog.all() as unknown as JsonValue).slice(0, 32)}"`;
  etags.set(catalog, etag);
  return etag;
}

/** `GET /api/v1/node-types`: Express answers 304 when the ETag fits. */
export const listNodeTypes = defineRoute(
  endpoints.nodeTypes.list,
  { ...READ_RULES, permission: 'workflows.read' },
  async ({ reply }, { catalog }) => {
    reply.header('etag', etagOf(catalog));
    reply.header('cache-control', 'private, no-cache');
    return { nodeTypes: [...catalog.all()] };
  },
);
