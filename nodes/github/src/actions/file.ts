import { action, ConnectorError, field, idempotent, isJsonObject, z, type JsonValue } from '@millwright/node-sdk';
import { of, repository } from '../fields.ts';

const file = { ...repository, path: field.text('Path', { max: 4096, placeholder: 'docs/notes.md' }) };
const branch = field.text('Branch', { description: "Empty: the repository's own." }).optional();
const contents = '/repos/{{owner}}/{{repo}}/contents/{{+path}}';
const written = z.object({ path: z.string(), sha: z.string() });
const sample = { path: 'docs/notes.md', sha: '3d21ec53a331a6f037a91c368710b99387d012c1' };

/** Contents come as base64 in lines. */
function read(value: JsonValue) {
  const { sha, content } = isJsonObject(value) ? value : {};
  return {
    sha: typeof sha === 'string' ? sha : '',
    content: typeof content === 'string' ? Buffer.from(content, 'base64').toString('utf8') : '',
  };
}

export const fileGet = action({
  title: 'Get file',
  description: 'Reads a text file of a repository.',
  aliases: ['read', 'content', 'datei', 'lesen'],
  effect: 'read',
  input: z.strictObject({ ...file, ref: branch }),
  request: { get: contents, query: { ref: '{{ref}}' } },
  output: {
    schema: written.extend({ content: z.string() }),
    sample: { ...sample, content: '# Notes' },
    map: (value, { input: { path } }) => ({ path, ...read(value) }),
  },
  example: { ...of, path: sample.path },
});

export const filePut = action({
  title: 'Create or update file',
  description: 'Writes a text file, as one commit.',
  aliases: ['edit', 'commit', 'datei', 'schreiben'],
  // A second commit would be refused or be a second one: a person looks.
  effect: idempotent.unsafe(),
  input: z.strictObject({ ...file, branch, content: field.long('Content', { max: 1e6 }), message: field.text('Commit message') }),
  request: { put: contents, body: { message: '{{message}}', content: '{{kept.content}}', branch: '{{branch}}', sha: '{{kept.sha}}' } },
  // What is replaced must be named: its hash is read first, and a file that is not there is new.
  run: async ({ input, request, send }) => {
    const before = await send({ get: contents, query: { ref: '{{branch}}' } }).catch((thrown: unknown) => {
      if (thrown instanceof ConnectorError && thrown.details?.['status'] === 404) return null;
      throw thrown;
    });
    const sha = before !== null && isJsonObject(before.body) ? before.body['sha'] : undefined;
    const { body } = await send(request, { content: Buffer.from(input.content).toString('base64'), ...(sha === undefined ? {} : { sha }) });
    return written.parse(isJsonObject(body) ? body['content'] : null);
  },
  output: { schema: written, sample },
  example: { ...of, path: sample.path, content: '# Notes', message: 'Add notes' },
});
