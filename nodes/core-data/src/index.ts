import { defineNodePackage } from '@millwright/node-sdk';
import { aggregate } from './aggregate.ts';
import { editFields } from './edit-fields.ts';
import { limit } from './limit.ts';
import de from './locales/de.json' with { type: 'json' };
import { removeDuplicates } from './remove-duplicates.ts';
import { sort } from './sort.ts';
import { splitOut } from './split-out.ts';

export default defineNodePackage({
  key: 'core-data',
  title: 'Data',
  nodes: [editFields, splitOut, aggregate, limit, sort, removeDuplicates],
  locales: { de },
});
