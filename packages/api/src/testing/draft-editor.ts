import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { applyDocument, readDraft } from '@millwright/workflow/draft';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { TestServer, Visitor } from './test-server.ts';

/** A draft that somebody has open. */
export interface Editor {
  readonly doc: Y.Doc;
  readonly provider: HocuspocusProvider;
  /** Revisions that the server said it stored. */
  readonly saved: number[];
  readonly rename: (name: string) => void;
  readonly name: () => string;
}

const open: (() => void)[] = [];

/** Closes every editor that a test opened. */
export function closeEditors(): void {
  for (const close of open.splice(0)) close();
}

/**
 * An editor as the browser opens it: the session's cookie, the Hocuspocus provider, a Yjs document.
 * @param token the person that the page says it was opened by; default: it does not say
 */
export function edit(server: TestServer, person: Visitor, workflowId: string, token = ''): Editor {
  class CookieSocket extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { cookie: person.cookie(), origin: server.url } });
      // As in a browser: an error that nobody listens to, such as that of being closed before it is open, ends nothing.
      this.on('error', () => undefined);
    }
  }
  const url = `${server.url.replace('http', 'ws')}/ws/drafts/${workflowId}`;
  const websocketProvider = new HocuspocusProviderWebsocket({
    url,
    WebSocketPolyfill: CookieSocket,
    delay: 50,
    minDelay: 50,
    maxDelay: 200,
  });
  const doc = new Y.Doc();
  const saved: number[] = [];
  const provider = new HocuspocusProvider({
    websocketProvider,
    name: workflowId,
    document: doc,
    token,
    onStateless: ({ payload }) => saved.push((JSON.parse(payload) as { revision: number }).revision),
  });
  provider.attach();
  open.push(() => {
    provider.destroy();
    websocketProvider.destroy();
  });
  const rename = (name: string): void => applyDocument(doc, { ...readDraft(doc), name }, 'test');
  return { doc, provider, saved, rename, name: () => readDraft(doc).name };
}
