import { endpoints } from '@millwright/contracts';
import { drafts } from '@millwright/db';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** `GET /api/v1/node-types/usage` */
export const listNodeTypeUsage = defineRoute(
  endpoints.nodeTypes.usage,
  { ...READ_RULES, permission: 'workflows.read' },
  async ({ read }) => ({ items: [...(await read(drafts.typeUsage))] }),
);
