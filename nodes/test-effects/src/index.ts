import { defineNodePackage } from '@millwright/node-sdk';
import { crash } from './crash.ts';

export default defineNodePackage({ key: 'test-effects', title: 'Test effects', nodes: [crash], locales: {} });
