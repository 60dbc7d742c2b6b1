import { endpoints } from '@millwright/contracts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** `GET /api/v1/code` */
export const getCodeSettings = defineRoute(
  endpoints.code.get,
  { ...READ_RULES, permission: 'workflows.read' },
  async (_call, { codeSettings }) => {
    const { level, python, oneShot, packages } = codeSettings?.() ?? { level: null, python: false, oneShot: false, packages: [] };
    return { level, python, oneShot, packages: [...packages] };
  },
);
