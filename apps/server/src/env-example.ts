import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeSettings } from './config.ts';

/** `.env.example` at the root, generated: `node apps/server/src/env-example.ts`. */
export const ENV_EXAMPLE = path.resolve(import.meta.dirname, '../../../.env.example');

/** Every setting of the server with what it is for; commented out where it has a default or is given by `npm start`. */
export function envExample(): string {
  const lines = describeSettings().map(({ name, text, initial }) => `# ${text}\n# ${name}=${initial}\n`);
  return `# Settings of the Millwright server. \`npm start\` gives DATABASE_URL and TEMPORAL_ADDRESS itself unless they are set.\n\n${lines.join('\n')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await writeFile(ENV_EXAMPLE, envExample());
