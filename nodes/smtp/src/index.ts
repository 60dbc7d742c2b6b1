import { defineNodePackage } from '@millwright/node-sdk';
import { send } from './send.ts';
import { credentialType } from './server.ts';

export default defineNodePackage({ key: 'smtp', title: 'SMTP', nodes: [send], credentialTypes: [credentialType] });
