/** `npm run docs:expressions` writes `docs/expressions.md` from the tables and limits that run. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expressionsPage } from './docs/expressions.ts';

writeFileSync(path.join(import.meta.dirname, '../docs/expressions.md'), expressionsPage());
