import { ConnectorError, defineAction, z } from '@millwright/node-sdk';

/** Calls that were refused so far, by credential. */
const refused = new Map<string, number>();

/** Finds its credential dead a few times, as one that was revoked and has to be reconnected. */
export const deadCredential = defineAction({
  type: 'test.deadCredential',
  version: 1,
  kind: 'action',
  title: 'Dead credential',
  description: 'Cannot be made until its credential was reconnected.',
  category: 'data',
  icon: 'key-round',
  aliases: ['reconnect'],
  effect: 'write',
  onLostAnswer: 'resend',
  input: z.strictObject({
    credentialId: z.string().min(1).max(100).meta({ title: 'Credential' }),
    times: z.int().min(1).max(10).default(1).meta({ title: 'How often it is dead' }),
  }),
  output: z.object({ credentialId: z.string() }),
  sample: { credentialId: 'cred_1' },
  run: ({ input: { credentialId, times } }) => {
    const before = refused.get(credentialId) ?? 0;
    if (before >= times) return { credentialId };
    refused.set(credentialId, before + 1);
    throw new ConnectorError('auth', {
      code: 'credential_reconnect',
      message: 'the service no longer accepts this credential',
      hint: 'Reconnect it.',
      details: { credentialId },
    });
  },
});
