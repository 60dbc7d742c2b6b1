import type { ErrorSpec } from '@millwright/node-sdk';
import { toJsonSchema, type Description, type Operation } from '@millwright/openapi';
import { fieldsWithin, typeOf, type FoundField } from './schema-paths.ts';

const MESSAGE = ['message', 'error_description', 'detail', 'error_message', 'errormessage', 'description', 'title', 'error', 'reason'];
const CODE = ['code', 'error_code', 'errorcode', 'type', 'error', 'name', 'status'];

function best(fields: readonly FoundField[], names: readonly string[]): string | undefined {
  for (const depth of [1, 2])
    for (const name of names) {
      const hit = fields.find((field) => field.path.length === depth && field.name.toLowerCase() === name);
      if (hit) return `body.${hit.path.join('.')}`;
    }
  return undefined;
}

/** Where a vendor says what went wrong, from the first bad answers that are described. */
export function guessErrors(description: Description, operations: readonly Operation[]): ErrorSpec {
  for (const operation of operations) {
    const bad = operation.answers.filter(({ status }) => /^(4|5|default)/.test(status));
    for (const answer of bad) {
      const media = Object.entries(answer.content).find(([type]) => type.includes('json'))?.[1];
      if (!media?.schema) continue;
      const schema = toJsonSchema(description, media.schema, { purpose: 'answer' });
      const fields = fieldsWithin(schema, schema, 2).filter(
        (field) => !['object', 'array'].includes(typeOf(schema, field.schema) ?? 'string'),
      );
      const message = best(fields, MESSAGE);
      if (message === undefined) continue;
      const code = best(
        fields,
        CODE.filter((name) => !message.endsWith(`.${name}`)),
      );
      return { message, ...(code === undefined ? {} : { code }) };
    }
  }
  return { message: 'body.message' };
}
