import { defineNodePackage } from '@millwright/node-sdk';
import { httpRequest } from './http-request.ts';
import de from './locales/de.json' with { type: 'json' };
import { credentialTypes } from './v2/credential-types.ts';
import { httpRequest as httpRequestV2 } from './v2/http-request.ts';

export default defineNodePackage({
  key: 'core-http',
  title: 'HTTP',
  nodes: [httpRequest, httpRequestV2],
  credentialTypes,
  locales: { de },
});
