import { defineNodePackage } from '@millwright/node-sdk';
import { code } from './code.ts';
import de from './locales/de.json' with { type: 'json' };

export default defineNodePackage({ key: 'core-code', title: 'Code', nodes: [code], locales: { de } });
