import { defineNodePackage } from '@millwright/node-sdk';
import { insert } from './actions/insert.ts';
import { query } from './actions/query.ts';
import { remove } from './actions/delete.ts';
import { select } from './actions/select.ts';
import { update } from './actions/update.ts';
import { upsert } from './actions/upsert.ts';
import { credentialType } from './server.ts';

export default defineNodePackage({
  key: 'postgres',
  title: 'PostgreSQL',
  nodes: [select, insert, update, upsert, remove, query],
  credentialTypes: [credentialType],
});
