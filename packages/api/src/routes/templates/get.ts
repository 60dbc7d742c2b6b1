import { endpoints } from '@millwright/contracts';
import { notFound } from '../../problems.ts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';
import { templates } from '../../templates/templates.ts';

/** `GET /api/v1/templates/:key` */
export const getTemplate = defineRoute(
  endpoints.templates.get,
  { ...READ_RULES, permission: 'workflows.read' },
  async ({ params }, { publicUrl }) => {
    const template = templates.find((one) => one.key === params.key);
    if (template === undefined) throw notFound('template');
    const { format, nodes, edges, annotations } = template.build({ name: template.title, publicUrl });
    return { format, nodes, edges, annotations };
  },
);
