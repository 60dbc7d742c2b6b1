import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Hocuspocus, isTransactionOrigin, type Document } from '@hocuspocus/server';
import { isId, TransientError, UserError } from '@millwright/core';
import { workflows, type Database } from '@millwright/db';
import type { Logger } from '@millwright/platform';
import { DOCUMENT_FORMAT, type NodeTypeCatalog, type WorkflowDocument } from '@millwright/workflow';
import { applyDocument, isNewerDraft, MAX_DRAFT_BYTES, readDraft } from '@millwright/workflow/draft';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Identity } from '../identity/identity.ts';
import { isAllowed, requirePermission } from '../permissions.ts';
import type { Principal } from '../principal.ts';
import { notFound, toProblem } from '../problems.ts';
import { isSameOrigin } from '../registry/csrf.ts';
import type { RateLimiter } from '../registry/rate-limit.ts';
import { headersOf } from '../registry/request.ts';
import { notSignedIn } from '../registry/serve.ts';
import { DraftKeeper, requireDraft, type SavedDraft, type StoredDraft } from './draft-keeper.ts';
import { stampPresence } from './presence.ts';

/** Pause after a change before it is stored, and the longest that a change waits, in ms. */
const STORE = { quietMs: 300, longestMs: 1000 } as const;

/** Pause before access is asked for again while Postgres is away, in ms. */
const CONFIRM_AGAIN_MS = 1000;

/** WebSocket close code by which the Hocuspocus provider opens anew (`@hocuspocus/common`, ResetConnection). */
const RESET = 4205;

/** Message by which an editor asks what Postgres has of its draft. */
const ASK_SAVED = 'saved?';

/** Message that node types have changed. */
const NODE_TYPES_CHANGED = JSON.stringify({ type: 'nodeTypes' });

/** What draft sockets are served with. */
export interface DraftServerOptions {
  readonly db: Database;
  readonly identity: Identity;
  readonly catalog: NodeTypeCatalog;
  readonly limiter: RateLimiter;
  readonly publicUrl: string;
  readonly log: Logger;
}

/** Where a change of a draft goes, and what it is made on. */
export interface DraftTarget {
  readonly workspaceId: string;
  readonly workflowId: string;
  /** Person who changes it. */
  readonly by: string;
  /** Refuse unless the draft stands at this revision. Default: any. */
  readonly revision?: number;
}

/** What Hocuspocus carries along per socket. */
interface SocketContext {
  readonly principal: Principal;
  readonly workflowId: string;
}

/** The shared drafts: sockets at `/ws/drafts/:workflowId`, and the same documents for the HTTP API. */
export class DraftServer {
  readonly #options: DraftServerOptions;
  readonly #keeper: DraftKeeper;
  /** The last edit over HTTP of each draft that has some under way. */
  readonly #edits = new Map<string, Promise<void>>();
  readonly #hocuspocus: Hocuspocus;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_DRAFT_BYTES });
  constructor(options: DraftServerOptions) {
    this.#options = options;
    this.#keeper = new DraftKeeper({ ...options, authorOf, onSaved: (...saved) => this.#tellSaved(...saved) });
    this.#hocuspocus = new Hocuspocus({
      quiet: true,
      debounce: STORE.quietMs,
      maxDebounce: STORE.longestMs,
      onAuthenticate: async ({ context, documentName, connectionConfig, token }) => {
        const { principal, workflowId } = context as SocketContext;
        if (documentName !== workflowId) throw new Error('');
        // A page names the person that it was opened by: what they typed is never sent in the name of who signed in since.
        if (token !== '' && token !== principal.userId) throw new Error('');
        connectionConfig.readOnly = !isAllowed(principal.role, 'workflows.edit');
      },
      onLoadDocument: ({ context, documentName, document }) =>
        this.#keeper.load((context as SocketContext).principal.workspaceId, documentName, document),
      beforeSync: async ({ connection, document }) => {
        if (isNewerDraft(document)) connection.readOnly = true;
      },
      beforeHandleAwareness: async ({ states, connection, document }) => {
        if (connection === undefined) return;
        stampPresence(states, { document, connection, principal: (connection.context as SocketContext).principal });
      },
      onChange: async ({ documentName, context }) =>
        this.#keeper.touch(documentName, (context as Partial<SocketContext>).principal?.userId ?? null),
      onStateless: async ({ connection, documentName, payload }) => {
        const saved = payload === ASK_SAVED ? this.#keeper.saved(documentName) : null;
        if (saved !== null) connection.sendStateless(savedMessage(saved));
      },
      onStoreDocument: ({ documentName }) => this.#keeper.store(documentName).catch(() => undefined),
      // Hocuspocus keeps a document when this throws, and prints the message unless it is empty.
      beforeUnloadDocument: async ({ documentName }) => {
        if (this.#keeper.isDirty(documentName)) throw new Error('');
      },
      afterUnloadDocument: async ({ documentName }) => this.#keeper.forget(documentName),
    });
  }

  /**
   * Takes an HTTP upgrade to `/ws/drafts/:workflowId`: same origin, session cookie, `workflows.read`; without `workflows.edit` read-only.
   * @returns false when the address is not ours; the socket was not touched
   */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const workflowId = /^\/ws\/drafts\/([^/?]+)(?:\?.*)?$/.exec(request.url ?? '')?.[1];
    if (workflowId === undefined) return false;
    socket.on('error', () => socket.destroy());
    const opening = this.#admit(request, workflowId).then((principal) => {
      this.#options.limiter.take('stream', principal.userId);
      this.#sockets.handleUpgrade(request, socket, head, (opened) => this.#serve(opened, request, { principal, workflowId }));
    });
    opening.catch((thrown: unknown) => refuse(socket, thrown));
    return true;
  }

  /** The draft with everything that was typed up to now, stored. @throws UserError `workflow_unknown` */
  async read(workspaceId: string, workflowId: string): Promise<StoredDraft> {
    await this.#requireWorkflow(workspaceId, workflowId);
    await this.#keeper.store(workflowId);
    const { document, revision } = await this.#options.db.tenant(workspaceId, (tx) => requireDraft(tx, workflowId));
    if (document.format !== DOCUMENT_FORMAT) throw newer();
    return { document, revision };
  }

  /**
   * Applies a change to the shared document, as a difference, and stores it. Open editors see it.
   * @param change gives the new document from the current one
   * @throws UserError `draft_stale` (412) when `target.revision` is not where the draft stands
   */
  async edit(target: DraftTarget, change: (document: WorkflowDocument) => WorkflowDocument): Promise<StoredDraft> {
    const { workflowId } = target;
    // One after the other: of two edits made on the same revision the second finds the draft moved on.
    const turn = (this.#edits.get(workflowId) ?? Promise.resolve()).then(() => this.#edit(target, change));
    const over = turn.then(
      () => undefined,
      () => undefined,
    );
    this.#edits.set(workflowId, over);
    try {
      return await turn;
    } finally {
      if (this.#edits.get(workflowId) === over) this.#edits.delete(workflowId);
    }
  }

  async #edit(target: DraftTarget, change: (document: WorkflowDocument) => WorkflowDocument): Promise<StoredDraft> {
    await this.read(target.workspaceId, target.workflowId);
    const context = { principal: { userId: target.by, workspaceId: target.workspaceId }, workflowId: target.workflowId };
    const direct = await this.#hocuspocus.openDirectConnection(target.workflowId, context);
    const live = direct.document;
    // Hocuspocus reports changes a moment later; the save below must not miss this one.
    const touch = (): void => this.#keeper.touch(target.workflowId, target.by);
    try {
      const revision = this.#keeper.cleanRevision(target.workflowId);
      if (target.revision !== undefined && revision !== target.revision) throw stale();
      live?.on('update', touch);
      await direct.transact((draft) => applyDocument(draft, change(readDraft(draft)), { source: 'local', context }));
      await this.#keeper.store(target.workflowId);
    } finally {
      live?.off('update', touch);
      await direct.disconnect();
    }
    return this.read(target.workspaceId, target.workflowId);
  }

  /** Tells every open editor that node types have changed. */
  tellNodeTypes(): void {
    for (const live of this.#hocuspocus.documents.values()) live.broadcastStateless(NODE_TYPES_CHANGED);
  }

  /** Closes every socket and stores everything. @throws TransientError when something could not be stored */
  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.close(1001, 'server stops');
    try {
      await this.#keeper.storeAll();
    } finally {
      for (const socket of this.#sockets.clients) socket.terminate();
    }
    await this.#keeper.storeAll();
    this.#sockets.close();
  }

  async #admit(request: IncomingMessage, workflowId: string): Promise<Principal> {
    const { identity, publicUrl } = this.#options;
    if (!isSameOrigin(request.headers, publicUrl))
      throw new UserError('forbidden', { code: 'csrf_refused', message: 'This page is not part of this server.' });
    const principal = await identity.authenticate(headersOf(request));
    if (principal === null) throw notSignedIn();
    requirePermission(principal.role, 'workflows.read');
    await this.#requireWorkflow(principal.workspaceId, workflowId);
    return principal;
  }

  /** Checks a socket's access once more, and again each second while Postgres is away. @throws UserError when it has ended */
  async #confirm(socket: WebSocket, request: IncomingMessage, workflowId: string): Promise<void> {
    while (socket.readyState === socket.OPEN) {
      try {
        await this.#admit(request, workflowId);
        return;
      } catch (thrown) {
        if (!(thrown instanceof TransientError)) throw thrown;
        await new Promise((resolve) => setTimeout(resolve, CONFIRM_AGAIN_MS));
      }
    }
  }

  async #requireWorkflow(workspaceId: string, workflowId: string): Promise<void> {
    const workflow = isId('workflow', workflowId)
      ? await this.#options.db.tenant(workspaceId, (tx) => workflows.get(tx, workflowId))
      : null;
    if (workflow === null || workflow.archived) throw notFound('workflow');
  }

  #serve(socket: WebSocket, request: IncomingMessage, context: SocketContext): void {
    const client = this.#hocuspocus.handleConnection(socket, new Request(`http://localhost/ws/drafts/${context.workflowId}`), context);
    const reset = (): void => socket.close(RESET, 'access changed');
    const release = this.#options.identity.access.hold(context.principal, reset);
    // Access may have ended between the check and the line above.
    this.#confirm(socket, request, context.workflowId).catch(reset);
    socket.binaryType = 'nodebuffer';
    socket.on('message', (data: Buffer) => client.handleMessage(new Uint8Array(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', (code, reason) => {
      release();
      client.handleClose({ code, reason: reason.toString() });
    });
  }

  /** Tells open editors what Postgres has. */
  #tellSaved(workflowId: string, saved: SavedDraft): void {
    const live: Document | undefined = this.#hocuspocus.documents.get(workflowId);
    live?.broadcastStateless(savedMessage(saved));
    // A draft that was kept open only because it could not be stored may go now.
    if (live?.getConnectionsCount() === 0) setImmediate(() => void this.#hocuspocus.unloadDocument(live));
  }
}

/** The person whose socket or request changes a live document; null for what another process stored. */
function authorOf(origin: unknown): string | null {
  if (!isTransactionOrigin(origin) || origin.source === 'redis') return null;
  const context: unknown = origin.source === 'connection' ? origin.connection.context : origin.context;
  return (context as Partial<SocketContext> | undefined)?.principal?.userId ?? null;
}

/** Every change up to the mark is in Postgres. */
function savedMessage({ revision, mark }: SavedDraft): string {
  return JSON.stringify({
    type: 'saved',
    revision,
    stateVector: Buffer.from(mark.stateVector).toString('base64'),
    deletions: mark.deletions,
  });
}

function stale(): UserError {
  return new UserError('preconditionFailed', {
    code: 'draft_stale',
    message: 'The draft was changed in the meantime.',
    hint: 'Read it again, repeat your change on it, and send its new ETag.',
  });
}

function newer(): UserError {
  return new UserError('conflict', {
    code: 'draft_newer',
    message: 'This draft was made by a newer version of Millwright.',
    hint: 'It is kept whole and can be looked at. Upgrade this installation to change or publish it.',
  });
}

/** Answers an upgrade that is not admitted, with a problem like any other request. */
function refuse(socket: Duplex, thrown: unknown): void {
  const { body } = toProblem(thrown);
  const text = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${body.status} ${body.title}\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
  );
}
