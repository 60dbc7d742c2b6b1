import { defineNodePackage } from '@millwright/node-sdk';
import { deleteMessage, flagMessage, moveMessage } from './actions/change-message.ts';
import { getMessage } from './actions/get-message.ts';
import { listMailboxes } from './actions/list-mailboxes.ts';
import { searchMessages } from './actions/search-messages.ts';
import de from './locales/de.json' with { type: 'json' };
import { credentialType } from './server.ts';
import { messageAdded } from './triggers/message-added.ts';

export default defineNodePackage({
  key: 'imap',
  title: 'IMAP',
  nodes: [messageAdded, searchMessages, getMessage, flagMessage, moveMessage, deleteMessage, listMailboxes],
  locales: { de },
  credentialTypes: [credentialType],
});
