import { UserError } from '@millwright/core';
import type { Description } from '@millwright/openapi';
import { importDescription, type ImportOptions } from '../import-description.ts';
import type { ImportedConnector } from '../imported.ts';
import { asNewVersion, keysOf, type History } from './as-new-version.ts';
import { compareVersions, type ConnectorChanges } from './compare-versions.ts';

/** What the import of a newer description is told. */
export interface NextOptions extends ImportOptions {
  readonly history: History;
}

/** The next version of a connector, and what it changes. */
export interface ImportedNext {
  readonly imported: ImportedConnector;
  readonly changes: ConnectorChanges;
}

function isRefused(thrown: unknown, code: string): boolean {
  return thrown instanceof UserError && thrown.code === code;
}

/** Tries with less and less of what the description would decide by itself. */
function imported(description: Description, options: ImportOptions, last: ImportedConnector): ImportedConnector {
  const { overlay = {} } = options;
  try {
    return importDescription(description, options);
  } catch (thrown) {
    // More than can be looked at: what the connector has is looked for.
    if (isRefused(thrown, 'description_too_many_operations') && overlay.only === undefined) {
      const only = Object.values(last.actions).map(({ operation }) => operation);
      return imported(description, { ...options, overlay: { ...overlay, only } }, last);
    }
    // The description does not say where the service is: it is where it was. What a connection fills in, only a description can say.
    if (isRefused(thrown, 'description_no_server') && overlay.baseUrl === undefined && !last.baseUrl.includes('{{'))
      return imported(description, { ...options, overlay: { ...overlay, baseUrl: last.baseUrl } }, last);
    throw thrown;
  }
}

/**
 * Makes the next version of a connector from a newer description. Operations keep the keys that they had.
 * @throws as `importDescription`; of a description with too many operations only those of the connector are read
 */
export function importNext(description: Description, { history, overlay = {}, ...options }: NextOptions): ImportedNext {
  const last = history.at(-1) ?? history[0];
  const named = { ...overlay, actions: { ...keysOf(history), ...overlay.actions } };
  const next = asNewVersion(history, imported(description, { ...options, overlay: named }, last));
  return { imported: next, changes: compareVersions(last, next) };
}
