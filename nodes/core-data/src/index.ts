import { defineNodePackage } from '@millwright/node-sdk';
import { editFields } from './edit-fields.ts';
import de from './locales/de.json' with { type: 'json' };

export default defineNodePackage({ key: 'core-data', title: 'Data', nodes: [editFields], locales: { de } });
