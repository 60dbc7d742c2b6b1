import { action, type ConnectorAction, type ConnectorSpec, type JsonValue, type z } from '@millwright/node-sdk';
import { zodObject, zodOf } from './form/zod-of.ts';
import type { ImportedAction, ImportedConnector } from './imported.ts';

function toAction(imported: ImportedAction): ConnectorAction {
  const { operation: _operation, notes: _notes, input, output, ...rest } = imported;
  return action({
    ...rest,
    input: zodObject(input),
    // What zod makes of the words of forms gives JSON for JSON.
    output: { schema: zodOf(output.schema) as z.ZodType<JsonValue>, sample: output.sample },
  });
}

/** A connector that was imported, as `defineConnector` takes it: for running without a package. */
export function toConnectorSpec(imported: ImportedConnector): ConnectorSpec {
  const { notes: _notes, skipped: _skipped, actions, ...rest } = imported;
  return { ...rest, actions: Object.fromEntries(Object.entries(actions).map(([key, one]) => [key, toAction(one)])) };
}
