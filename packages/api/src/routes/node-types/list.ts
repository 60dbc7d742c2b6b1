import { endpoints } from '@millwright/contracts';
import { hashJson } from '@millwright/core/hash';
import type { JsonValue } from '@millwright/core';
import type { NodeTypeCatalog } from '@millwright/workflow';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** By the list, which is another one when node types change. */
const etags = new WeakMap<ReturnType<NodeTypeCatalog['all']>, string>();

function etagOf(nodeTypes: ReturnType<NodeTypeCatalog['all']>): string {
  const known = etags.get(nodeTypes);
  if (known !== undefined) return known;
  const etag = `"${hashJson(nodeTypes as unknown as JsonValue).slice(0, 32)}"`;
  etags.set(nodeTypes, etag);
  return etag;
}

/** `GET /api/v1/node-types`: Express answers 304 when the ETag fits. */
export const listNodeTypes = defineRoute(
  endpoints.nodeTypes.list,
  { ...READ_RULES, permission: 'workflows.read' },
  async ({ reply }, { catalog, recordSample }) => {
    reply.header('etag', etagOf(catalog.all()));
    reply.header('cache-control', 'private, no-cache');
    return { nodeTypes: [...catalog.all()], ...(recordSample === undefined ? {} : { followed: true as const }) };
  },
);
