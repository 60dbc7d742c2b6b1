import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkArrows, readArrows } from './arrows.ts';

const arrows = readArrows(readFileSync(`${import.meta.dirname}/../../docs/architecture.md`, 'utf8'));
const file = (path: string, text: string) => ({ path, text, isTest: false });

describe('import arrows', () => {
  it('allow what the list says', () => {
    expect(checkArrows(arrows, [file('packages/engine/src/a.ts', "import { x } from '@millwright/core';")])).toEqual([]);
    expect(checkArrows(arrows, [file('apps/server/src/a.ts', "import { x } from '@millwright/temporal-worker';")])).toEqual([]);
  });

  it('refuse what the list does not say', () => {
    expect(checkArrows(arrows, [file('packages/engine/src/a.ts', "import { x } from '@millwright/db';")])).toHaveLength(1);
    expect(checkArrows(arrows, [file('packages/core/src/a.ts', "import type { X } from '@millwright/workflow';")])).toHaveLength(1);
    expect(checkArrows(arrows, [file('apps/server/src/a.ts', "const x = await import('@millwright/testing');")])).toHaveLength(1);
  });

  it('refuse a relative import that leaves its package', () => {
    expect(checkArrows(arrows, [file('packages/engine/src/a.ts', "import { x } from '../../db/src/x.ts';")])).toHaveLength(1);
  });

  it('keep the canvas library behind its folder', () => {
    expect(checkArrows(arrows, [file('apps/web/src/editor/canvas/a.tsx', "import { ReactFlow } from '@xyflow/react';")])).toEqual([]);
    expect(checkArrows(arrows, [file('apps/web/src/editor/core/a.ts', "import type { Edge } from '@xyflow/react';")])).toHaveLength(1);
  });

  it('keep the database driver behind its folder, but for the action that talks to databases of users', () => {
    expect(checkArrows(arrows, [file('nodes/postgres/src/a.ts', "import pg from 'pg';")])).toEqual([]);
    expect(checkArrows(arrows, [file('nodes/rss/src/a.ts', "import pg from 'pg';")])).toHaveLength(1);
    expect(checkArrows(arrows, [file('packages/api/src/a.ts', "import pg from 'pg';")])).toHaveLength(1);
  });
});
