import { defineNodePackage } from '@millwright/node-sdk';
import { readFeed } from './read-feed.ts';

export default defineNodePackage({ key: 'rss', title: 'RSS', nodes: [readFeed] });
