import { endpoints } from '@millwright/contracts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** `GET /api/v1/connectors` */
export const listConnectors = defineRoute(
  endpoints.connectors.list,
  { ...READ_RULES, permission: 'workflows.read' },
  async (_call, { connectors }) => ({ items: [...connectors()].sort((a, b) => a.title.localeCompare(b.title, 'en')) }),
);
