import { endpoints, VARIABLE_LIMITS } from '@millwright/contracts';
import { UserError, type JsonValue } from '@millwright/core';
import { variables } from '@millwright/db';
import { notFound } from '../../problems.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';
import { findUses, toVariableView } from '../../variables/variable-views.ts';

/** `PUT /api/v1/variables/:key`: the value is data of people, so the audit log says only that it changed. */
export const putVariable = defineRoute(
  endpoints.variables.put,
  { ...WRITE_RULES, permission: 'variables.write', audit: 'variable.set' },
  async ({ params: { key }, body: { value, isNew }, principal, write }, { catalog }) => {
    const sizeBytes = sizeOf(key, value);
    if (sizeBytes > VARIABLE_LIMITS.sizeBytes) throw tooLarge(sizeBytes);
    return write(async (tx, audit) => {
      const others = await variables.others(tx, key);
      if (others.count >= VARIABLE_LIMITS.count || others.sizeBytes + sizeBytes > VARIABLE_LIMITS.totalBytes) throw full(others.count);
      const before = await variables.get(tx, key);
      if (isNew && before !== null) throw exists(key);
      await variables.put(tx, { key, value, sizeBytes, by: principal.userId });
      await audit({ kind: 'variable', id: key }, { isNew: before === null, sizeBytes });
      const after = await variables.get(tx, key);
      if (after === null) throw notFound('variable');
      return toVariableView(after, await findUses(tx, catalog));
    });
  },
);

/** Bytes of key and value as JSON. */
function sizeOf(key: string, value: JsonValue): number {
  return Buffer.byteLength(key) + Buffer.byteLength(JSON.stringify(value));
}

function tooLarge(sizeBytes: number): UserError {
  return new UserError('unprocessable', {
    code: 'variable_too_large',
    message: `This value has ${sizeBytes} bytes; a variable can have up to ${VARIABLE_LIMITS.sizeBytes}.`,
    hint: 'Variables are settings. Keep larger data where a step can read it.',
    details: { sizeBytes, most: VARIABLE_LIMITS.sizeBytes },
  });
}

function full(count: number): UserError {
  const { count: most, totalBytes } = VARIABLE_LIMITS;
  return new UserError('unprocessable', {
    code: 'variables_full',
    message:
      count >= most ? `A workspace can have ${most} variables.` : `All variables of a workspace can have ${totalBytes} bytes together.`,
    hint: 'Delete variables that nothing uses, or shorten their values.',
    details: { count: most, bytes: totalBytes },
  });
}

function exists(key: string): UserError {
  return new UserError('conflict', {
    code: 'variable_exists',
    message: `There is a variable "${key}" already.`,
    hint: 'Choose another name, or change that one.',
    details: { key },
  });
}
