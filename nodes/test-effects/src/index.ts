import { defineNodePackage } from '@millwright/node-sdk';
import { crash } from './crash.ts';
import { deadCredential } from './dead-credential.ts';
import { numbers } from './numbers.ts';

export default defineNodePackage({ key: 'test-effects', title: 'Test effects', nodes: [crash, deadCredential, numbers], locales: {} });
