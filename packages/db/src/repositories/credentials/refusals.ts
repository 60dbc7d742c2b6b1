import { UserError } from '@millwright/core';

/** The refusal of a name that is taken. */
export function credentialExists(name: string): UserError {
  return new UserError('conflict', {
    code: 'credential_exists',
    message: `There is a connection called "${name}" already.`,
    hint: 'Choose another name.',
  });
}
