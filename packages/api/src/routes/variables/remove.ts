import { endpoints } from '@millwright/contracts';
import { variables } from '@millwright/db';
import { notFound } from '../../problems.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `DELETE /api/v1/variables/:key`: runs that have started keep the value that they started with. */
export const removeVariable = defineRoute(
  endpoints.variables.remove,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'variables.write', audit: 'variable.removed' },
  async ({ params: { key }, write }) =>
    write(async (tx, audit) => {
      if (!(await variables.remove(tx, key))) throw notFound('variable');
      await audit({ kind: 'variable', id: key });
      return undefined;
    }),
);
