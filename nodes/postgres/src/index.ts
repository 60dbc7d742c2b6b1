import { defineNodePackage } from '@millwright/node-sdk';
import { insert } from './actions/insert.ts';
import { query } from './actions/query.ts';
import { remove } from './actions/delete.ts';
import { select } from './actions/select.ts';
import { update } from './actions/update.ts';
import { upsert } from './actions/upsert.ts';
import de from './locales/de.json' with { type: 'json' };
import { credentialType } from './server.ts';
import { rowAdded } from './triggers/row-added.ts';

export default defineNodePackage({
  key: 'postgres',
  title: 'PostgreSQL',
  nodes: [rowAdded, select, insert, update, upsert, remove, query],
  locales: { de },
  credentialTypes: [credentialType],
});
