/** The program inside a sandbox process: takes calls from the pipe, one after the other, each in a context of its own. */
import type { parse } from 'acorn';
import { Call, type CallText } from './call.ts';
import { readFrame, writeFrame } from './channel.ts';
import { harden } from './harden.ts';
import { loadParser } from './libraries.ts';
import { Sources } from './source.ts';

interface Head {
  readonly language: string;
  readonly mode: string;
  readonly source: string;
  readonly packages: readonly string[];
  readonly builtins: boolean;
  /** Bytes of items, data and nodes, which follow one another. */
  readonly sizes: readonly [number, number, number];
}

function readCall(body: Buffer): CallText {
  const headEnd = 4 + body.readUInt32BE(0);
  const head = JSON.parse(body.toString('utf8', 4, headEnd)) as Head;
  const itemsEnd = headEnd + head.sizes[0];
  const dataEnd = itemsEnd + head.sizes[1];
  return {
    ...head,
    items: body.toString('utf8', headEnd, itemsEnd),
    data: body.toString('utf8', itemsEnd, dataEnd),
    nodes: body.toString('utf8', dataEnd),
  };
}

// What code leaves unhandled says nothing about this process.
process.on('unhandledRejection', () => undefined);
process.on('uncaughtException', () => process.exit(70));

let parser: typeof parse | undefined;
const first = new Call();
const sources = new Sources(first.rootNames, () => (parser ??= loadParser()));

// Compiles everything that a first call needs before anybody waits for it.
await first.run(
  {
    language: 'javascript',
    mode: 'all',
    source: 'return [new URL("http://a/")]',
    items: '[]',
    data: '{}',
    nodes: '{}',
    packages: [],
    builtins: false,
  },
  sources,
);
harden();
let call = new Call();
writeFrame('H', '');
for (;;) {
  const { body } = readFrame();
  const [kind, text] = await call.run(readCall(body), sources);
  writeFrame(kind, text);
  call = new Call();
}
