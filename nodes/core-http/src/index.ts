import { defineNodePackage } from '@millwright/node-sdk';
import { httpRequest } from './http-request.ts';
import de from './locales/de.json' with { type: 'json' };

export default defineNodePackage({ key: 'core-http', title: 'HTTP', nodes: [httpRequest], locales: { de } });
