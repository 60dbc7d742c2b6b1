/**
 * A program: the vendor that proofs call. It writes down every request, and does what it is told by rules: holds, delays, drops
 * the answer after the work is done, or kills a process at that very moment. As it is a process of its own, what it wrote down
 * survives whatever happens to the product. Every answer is another one: it carries the number of the request at its path.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { EchoRecord, EchoRule } from './echo.ts';

interface LiveRule {
  readonly rule: EchoRule;
  left: number;
}

const records: EchoRecord[] = [];
const counts = new Map<string, number>();
let rules: LiveRule[] = [];
let held: { readonly path: string; readonly go: () => void }[] = [];

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function ruleFor(path: string): EchoRule | undefined {
  const found = rules.find(({ rule, left }) => left > 0 && path.startsWith(rule.path));
  if (found !== undefined) found.left -= 1;
  return found?.rule;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function hold(path: string): Promise<void> {
  return new Promise((go) => held.push({ path, go }));
}

async function serve(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  const body = await read(request);
  const n = (counts.get(path) ?? 0) + 1;
  counts.set(path, n);
  const header = request.headers['idempotency-key'];
  const key = typeof header === 'string' ? header : null;
  const record: { -readonly [K in keyof EchoRecord]: EchoRecord[K] } = {
    path,
    method: request.method ?? '',
    key,
    bodyHash: createHash('sha256').update(body).digest('hex'),
    atMs: Date.now(),
    end: 'open',
  };
  records.push(record);
  response.on('close', () => {
    if (record.end === 'open') record.end = 'gone';
  });
  const rule = ruleFor(path);
  if (rule?.killAt === 'arrival') kill(rule.pid ?? 0);
  if (rule?.isHeld === true) await hold(path);
  if (rule?.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, rule.delayMs));
  if (rule?.isDropped === true) {
    record.end = 'dropped';
    request.socket.destroy();
    return;
  }
  response.statusCode = rule?.status ?? 200;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ n, key }), () => {
    record.end = 'answered';
    if (rule?.killAt === 'answer') kill(rule.pid ?? 0);
  });
}

/** Lets held requests below a path go, and forgets the rules that hold there. */
function release(path: string): void {
  rules = rules.filter(({ rule }) => !(rule.isHeld === true && rule.path.startsWith(path)));
  const free = held.filter((one) => one.path.startsWith(path));
  held = held.filter((one) => !one.path.startsWith(path));
  for (const { go } of free) go();
}

async function control(request: IncomingMessage, path: string): Promise<unknown> {
  const text = (await read(request)).toString();
  const told: unknown = text === '' ? null : JSON.parse(text);
  if (path === '/_rule') rules.push({ rule: told as EchoRule, left: (told as EchoRule).times ?? Infinity });
  if (path === '/_release') release((told as { readonly path: string }).path);
  return path === '/_records' ? records.filter((one) => one.path.startsWith((told as { readonly path: string }).path)) : null;
}

const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
  const [path = ''] = (request.url ?? '').split('?');
  const work = path.startsWith('/_')
    ? control(request, path).then((answer) => void response.end(JSON.stringify(answer)))
    : serve(request, response, path);
  work.catch(() => response.destroy());
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 });
});
process.on('disconnect', () => process.exit(0));
