import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOwner, eventually, startProduct, triggerDesk, type Product, type TriggerDesk } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const EVERY = { everySeconds: 10 };
const entries: string[] = ['old'];
let product: Product;
let desk: TriggerDesk;
let server: Server;
let url: string;
let notModified = 0;
/** Called before a feed is answered. */
let onAsked: (() => Promise<void>) | null = null;

/** A site whose feed has a version. */
async function startSite(): Promise<void> {
  server = createServer((request, response) => {
    const etag = `"${entries.length}"`;
    const answer = (): void => {
      if (request.headers['if-none-match'] === etag) {
        notModified += 1;
        response.writeHead(304, { etag }).end();
        return;
      }
      const items = entries.toReversed().map((guid) => `<item><guid>${guid}</guid><title>${guid}</title></item>`);
      response
        .writeHead(200, { 'content-type': 'application/rss+xml', etag })
        .end(`<rss version="2.0"><channel><title>News</title>${items.join('')}</channel></rss>`);
    };
    void (onAsked?.() ?? Promise.resolve()).then(answer, () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`;
}

beforeAll(async () => {
  await startSite();
  product = await startProduct({ env: { MILLWRIGHT_EGRESS_ALLOW: '127.0.0.1/32' } });
  desk = triggerDesk(await createOwner(product));
});
afterAll(async () => {
  await product?.remove();
  server?.closeAllConnections();
  server?.close();
});

describe('a feed that a published workflow listens to', () => {
  let workflowId: string;

  it('starts one run for each entry that is new from now on, and is not sent again while it has not changed', async () => {
    workflowId = await desk.publish({ type: 'rss.entryAdded', parameters: { url, ...EVERY } });
    await desk.reaches(workflowId, 'listening');
    entries.push('a', 'b');
    expect(await desk.started(workflowId, 2, 'guid')).toEqual(['a', 'b']);
    await eventually(() => notModified >= 1);
    expect(await desk.state(workflowId)).toMatchObject({ way: 'poll', status: 'listening', error: null });
  });

  it('killed between the answer and storing it: what came while it was down and what it had read start one run each', async () => {
    const killed = Promise.withResolvers<undefined>();
    onAsked = async () => {
      onAsked = null;
      await product.kill();
      killed.resolve(undefined);
    };
    entries.push('c');
    await killed.promise;
    entries.push('d');
    await product.start();
    expect(await desk.started(workflowId, 4, 'guid')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('asked at another pace goes on where it was', async () => {
    entries.push('e');
    await desk.publish({ type: 'rss.entryAdded', parameters: { url, everySeconds: 11 }, workflowId });
    expect(await desk.started(workflowId, 5, 'guid')).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
