import { defineAction, InvariantError, z } from '@millwright/node-sdk';
import { composeLetter } from './compose.ts';
import { SEND_INPUT } from './fields.ts';
import { credentialType, server } from './server.ts';
import { deliver } from './session.ts';

const TIME_MS = 60_000;

/** Sends one mail. */
export const send = defineAction({
  type: 'smtp.send',
  version: 1,
  title: 'SMTP: Send mail',
  description: 'Sends a mail with text, HTML and attachments.',
  category: 'apps',
  icon: 'mail',
  aliases: ['email', 'e-mail', 'smtp', 'mailen', 'versenden', 'nachricht'],
  effect: 'write',
  // SMTP has no way to ask whether a mail was taken: after a lost answer a person looks for the Message-ID.
  onLostAnswer: 'ask',
  timeoutMs: TIME_MS,
  credentials: [{ name: 'auth', types: [credentialType.type], required: true }],
  input: SEND_INPUT,
  output: z.object({ messageId: z.string(), accepted: z.array(z.string()), rejected: z.array(z.string()), response: z.string() }),
  sample: { messageId: '<0b5c@example.com>', accepted: ['grace@example.com'], rejected: [], response: '250 2.0.0 Ok: queued' },
  run: async ({ input, sockets, idempotencyKey, nowMs }) => {
    if (sockets === undefined || idempotencyKey === null)
      throw new InvariantError({ code: 'sockets_missing', message: 'this process opens no sockets, or runs a write without a key' });
    const opensTls = ({ security }: { readonly security: string }): boolean => security === 'tls';
    return sockets.open({ protocol: 'smtp', credential: 'auth', server, opensTls, timeoutMs: TIME_MS }, async (session) => {
      const { from = '', username = '' } = session.fields;
      const letter = await composeLetter(input, { defaultFrom: from === '' ? username : from, key: idempotencyKey, nowMs });
      const { accepted, rejected, response } = await deliver(session, letter);
      return { messageId: letter.messageId, accepted: [...accepted], rejected: [...rejected], response };
    });
  },
});
