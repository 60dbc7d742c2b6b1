import { defineNodePackage } from '@millwright/node-sdk';
import { deleteMessage, flagMessage, moveMessage } from './actions/change-message.ts';
import { getMessage } from './actions/get-message.ts';
import { listMailboxes } from './actions/list-mailboxes.ts';
import { searchMessages } from './actions/search-messages.ts';
import { credentialType } from './server.ts';

export default defineNodePackage({
  key: 'imap',
  title: 'IMAP',
  nodes: [searchMessages, getMessage, flagMessage, moveMessage, deleteMessage, listMailboxes],
  credentialTypes: [credentialType],
});
