import { endpoints } from '@millwright/contracts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';
import { templates } from '../../templates/templates.ts';

/** `GET /api/v1/templates` */
export const listTemplates = defineRoute(endpoints.templates.list, { ...READ_RULES, permission: 'workflows.read' }, async () => ({
  items: templates.map(({ key, title, description }) => ({ key, title, description })),
}));
