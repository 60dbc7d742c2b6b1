import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineConnector, type ConnectorPackage } from '@millwright/node-sdk';
import { readDescription } from '@millwright/openapi';
import { afterAll, describe, expect, it } from 'vitest';
import { importDescription } from '../import-description.ts';
import { SWAGGER_SAMPLE } from '../testing/swagger-sample.ts';
import { toConnectorSpec } from '../to-connector.ts';
import { printPackage } from './print-package.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
const specs = path.resolve(root, '../shared/specs');
const folder = mkdtempSync(path.join(tmpdir(), 'printed-'));
symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(description: string, key: string) {
  const imported = importDescription(readDescription(description), { overlay: { key } });
  const files = printPackage(imported);
  for (const { path: file, text } of files) {
    const target = path.join(folder, key, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  return { imported, files };
}

/** Faults of the type checker in everything that was printed. */
function typeFaults(): string {
  const compilerOptions = { typeRoots: [path.join(root, 'node_modules/@types')] };
  const config = {
    extends: path.join(root, 'tsconfig.base.json'),
    compilerOptions,
    include: [`${folder}/**/*.ts`],
    exclude: [`${folder}/node_modules`],
  };
  const file = path.join(folder, 'tsconfig.json');
  writeFileSync(file, JSON.stringify(config));
  try {
    return execFileSync(path.join(root, 'node_modules/.bin/tsc'), ['-p', file], { encoding: 'utf8' });
  } catch (thrown) {
    return String((thrown as { readonly stdout?: unknown }).stdout);
  }
}

/** Texts that would end a comment, a literal or a template. */
const EVIL = JSON.stringify({
  openapi: '3.0.0',
  info: { title: "It's */ throw 1; /* `${x}` \u2028 \\ API", version: '1' },
  servers: [{ url: 'https://evil.example.com' }],
  paths: {
    "/a*/b'": {
      post: {
        summary: '*/ throw 2; // ${process} \' " \\',
        requestBody: {
          content: {
            'application/json': {
              schema: { type: 'object', properties: { "x'] }); throw 3; //": { enum: ["'`${y}\n", 1] }, constructor: { type: 'string' } } },
            },
          },
        },
        responses: {
          200: {
            description: 'ok',
            content: {
              'application/json': {
                schema: { type: 'object', required: ["k'*/"], properties: { "k'*/": { type: 'string', example: '*/ `' } } },
              },
            },
          },
        },
      },
    },
  },
});

const printed = [
  ['pets', SWAGGER_SAMPLE] as const,
  ['evil', EVIL] as const,
  ...(existsSync(specs)
    ? (['asana/v1', 'discourse/latest', 'dropbox/v2'] as const).map(
        (file) => [file.split('/')[0] ?? '', readFileSync(path.join(specs, `${file}.json`), 'utf8')] as const,
      )
    : []),
];
const made = new Map(printed.map(([key, text]) => [key, write(text, key)]));

describe('a printed package, whatever the vendor wrote', () => {
  it('passes the type checker, and the checker was really asked', () => {
    expect(typeFaults()).toBe('');
    const wrong = path.join(folder, 'wrong.ts');
    writeFileSync(wrong, "import pets from './pets/src/index.ts';\nexport const count: string = pets.nodes.length;\n");
    expect(typeFaults()).toMatch(/wrong\.ts.*TS2322/);
    rmSync(wrong);
  });

  it.each([...made.keys()])('%s loads and says the same as the import', async (key) => {
    const { default: loaded } = (await import(/* @vite-ignore */ pathToFileURL(path.join(folder, key, 'src/index.ts')).href)) as {
      readonly default: ConnectorPackage;
    };
    const { imported } = made.get(key) ?? write('', key);
    const spec = toConnectorSpec(imported);
    expect(Object.keys(loaded.connector.actions)).toEqual(Object.keys(spec.actions));
    for (const [name, action] of Object.entries(loaded.connector.actions)) {
      const { request, effect, example, title, output } = action;
      const { request: wanted, effect: safety, example: sample, title: named, output: out } = spec.actions[name] ?? action;
      expect({ request, effect, example, title, sample: output.sample }).toEqual({
        request: wanted,
        effect: safety,
        example: sample,
        title: named,
        sample: out.sample,
      });
    }
    expect(loaded.nodes.map(({ info }) => info)).toEqual(defineConnector(spec).nodes.map(({ info }) => info));
  });

  it('keeps its folders and most of its files small', () => {
    for (const { files } of made.values()) {
      const folders = Map.groupBy(files, ({ path: file }) => path.dirname(file));
      expect(
        Math.max(...[...folders.values()].map((list) => list.filter(({ path: file }) => !file.endsWith('.test.ts')).length)),
      ).toBeLessThanOrEqual(15);
      expect(files.filter(({ text }) => text.split('\n').length > 300)).toEqual([]);
    }
  });
});
