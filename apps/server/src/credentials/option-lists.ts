import type { ApiPorts } from '@millwright/api';
import type { ConnectorRuntime } from '@millwright/connector-runtime';
import { UserError } from '@millwright/core';
import type { NodeRunners } from '@millwright/node-registry';

/** Reads values for forms with the connectors that are installed here. */
export function optionLists(runners: NodeRunners, runtime: Pick<ConnectorRuntime, 'loadOptions'>): NonNullable<ApiPorts['loadOptions']> {
  return async ({ connectorKey, ...query }) => {
    const connector = runners.connector(connectorKey);
    if (connector !== undefined) return runtime.loadOptions({ ...query, connector });
    throw new UserError('notFound', { code: 'options_unknown', message: 'There is no such list.', hint: 'Its app may have been removed.' });
  };
}
