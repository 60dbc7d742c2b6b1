import { defineNodePackage } from '@millwright/node-sdk';
import { entryAdded } from './entry-added.ts';
import de from './locales/de.json' with { type: 'json' };
import { readFeed } from './read-feed.ts';

export default defineNodePackage({ key: 'rss', title: 'RSS', nodes: [entryAdded, readFeed], locales: { de } });
