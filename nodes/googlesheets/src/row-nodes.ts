import { callDeclared, isJsonObject, tableRowNodes, z, type Connector } from '@millwright/node-sdk';
import { sheet, spreadsheet, written } from './fields.ts';

const place = { spreadsheet, sheet };
const how = { written };
const PARAMETERS = z.object({ ...place, ...how });

/**
 * Nodes that go by the names of columns; their requests are those of declared actions, with their limits, signature and retries.
 * @param connector asked for when a node runs, as it holds them itself
 */
export function rowNodes(connector: () => Connector) {
  return tableRowNodes({
    key: 'googlesheets',
    title: 'Google Sheets',
    icon: 'table',
    auth: ['oauth', 'serviceAccount'],
    place,
    how,
    open: (ctx) => {
      const { spreadsheet: file, sheet: name, written: as } = PARAMETERS.parse(ctx.input);
      const call = (actionKey: string, input: object) =>
        callDeclared(ctx, connector(), { actionKey, input: { spreadsheet: file, ...input } });
      return {
        sheet: name,
        read: async (cells) => {
          const body = await call('range.get', { range: cells, shown: 'FORMATTED_VALUE' });
          return isJsonObject(body) ? body['values'] : undefined;
        },
        write: (data) => call('range.updateMany', { data, written: as }),
        append: (cells) => call('range.append', { ...cells, written: as }),
      };
    },
  });
}
