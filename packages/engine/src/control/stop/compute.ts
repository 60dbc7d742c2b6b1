import { UserError, type JsonValue } from '@millwright/core';
import type { ControlCompute } from '../compute.ts';

const CODE = /^[a-z][a-z0-9_]{0,63}$/;
/** Longest text that an error carries. */
const MAX_TEXT = 2000;

/** Stop with error: fails with the texts that its author gave. */
export const stopCompute: ControlCompute = {
  kind: 'route',
  route: (parameters) => {
    const code = parameters['code'] ?? 'stopped';
    if (typeof code !== 'string' || !CODE.test(code))
      throw new UserError('invalid', {
        code: 'parameter_invalid',
        message: 'the code is not made of small letters, digits and _',
        hint: 'Use a code such as order_invalid.',
        details: { field: 'code' },
      });
    throw new UserError('invalid', {
      code,
      message: textOf(parameters['message'] ?? '').slice(0, MAX_TEXT) || 'The workflow was stopped.',
      hint: 'The workflow itself ends here with an error. Look at what led to this step.',
    });
  },
};

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
}
