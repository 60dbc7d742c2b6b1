import { writeFile } from 'node:fs/promises';
import { endpoints, type Endpoint } from '@millwright/contracts';

/** Where the generated client lives. */
export const GENERATED_FILE = new URL('../src/generated.ts', import.meta.url);

const HEAD = `// Written by scripts/generate.ts from the contracts; change those and run it again.
import type { Endpoints } from '@millwright/contracts';
import type { Transport } from './transport.ts';
`;

function quote(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}

function methodOf(group: string, name: string, endpoint: Endpoint): string {
  const type = `Endpoints['${group}']['${name}']`;
  const query = `[${Object.keys(endpoint.query?.shape ?? {})
    .map(quote)
    .join(', ')}]`;
  const build =
    'events' in endpoint.answer
      ? `watch<${type}>(${quote(endpoint.path)}, ${query})`
      : `call<${type}>(${quote(endpoint.method)}, ${quote(endpoint.path)}, ${query})`;
  return `    /** ${endpoint.summary}. \`${endpoint.method} ${endpoint.path}\` */\n    ${name}: ${build},\n`;
}

function groupOf(group: string, members: Readonly<Record<string, Endpoint>>): string {
  const entries = Object.entries(members);
  const needs = [
    ...(entries.some(([, endpoint]) => !('events' in endpoint.answer)) ? ['call'] : []),
    ...(entries.some(([, endpoint]) => 'events' in endpoint.answer) ? ['watch'] : []),
  ];
  const body = entries.map(([name, endpoint]) => methodOf(group, name, endpoint)).join('');
  return `\nfunction ${group}({ ${needs.join(', ')} }: Transport) {\n  return {\n${body}  } as const;\n}\n`;
}

/** The text of `src/generated.ts`. */
export function generateClient(): string {
  const groups = Object.keys(endpoints);
  const functions = Object.entries(endpoints).map(([group, members]) => groupOf(group, members));
  const list = groups.map((group) => `    ${group}: ${group}(transport),\n`).join('');
  const create = `\n/** Every endpoint as a function over the transport. */\nexport function createCalls(transport: Transport) {\n  return {\n${list}  } as const;\n}\n`;
  return `${HEAD}${functions.join('')}${create}\n/** The typed API client. */\nexport type Client = ReturnType<typeof createCalls>;\n`;
}

if (import.meta.main) await writeFile(GENERATED_FILE, generateClient());
