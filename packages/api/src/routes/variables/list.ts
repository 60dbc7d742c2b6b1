import { endpoints } from '@millwright/contracts';
import { variables } from '@millwright/db';
import { defineRoute, READ_RULES } from '../../registry/route.ts';
import { findUses, toVariableView } from '../../variables/variable-views.ts';

/** `GET /api/v1/variables` */
export const listVariables = defineRoute(
  endpoints.variables.list,
  { ...READ_RULES, permission: 'variables.read' },
  async ({ read }, { catalog, environment = {} }) =>
    read(async (tx) => {
      const found = await variables.list(tx);
      const uses = await findUses(tx, catalog);
      return {
        items: found.map((variable) => toVariableView(variable, uses)),
        environment: Object.entries(environment).map(([name, value]) => ({ name, isSet: value !== null })),
      };
    }),
);
