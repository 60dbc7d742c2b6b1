import { UserError } from '@millwright/core';
import { draftChanges, drafts, type Database, type TenantTx } from '@millwright/db';
import type { Logger } from '@millwright/platform';
import type { NodeTypeCatalog, WorkflowDocument } from '@millwright/workflow';
import { isNewerDraft, markDraft, readDraft, repairDraft, type DraftMark } from '@millwright/workflow/draft';
import * as Y from 'yjs';
import { notFound } from '../problems.ts';
import { ChangeAuthors, type AuthorOf } from './change-authors.ts';
import { triggerTypesOf } from './trigger-types.ts';

/** Pause before a draft that could not be stored is stored again, in ms. */
const RETRY_MS = 1000;

/** A draft as JSON. */
export interface StoredDraft {
  readonly document: WorkflowDocument;
  readonly revision: number;
}

/** What Postgres holds of an open draft. */
export interface SavedDraft {
  readonly revision: number;
  readonly mark: DraftMark;
}

/** One draft that somebody has open in this process. */
interface OpenDraft {
  readonly workflowId: string;
  readonly workspaceId: string;
  readonly live: Y.Doc;
  revision: number;
  /** What the last load or save had. */
  mark: DraftMark;
  /** Holds something that Postgres does not. */
  isDirty: boolean;
  /** Person who changed it last. */
  by: string | null;
  /** Who touched which part since the last save. */
  readonly authors: ChangeAuthors;
  /** The save that runs, or ran last: one at a time. */
  saving: Promise<void>;
  retry: NodeJS.Timeout | null;
}

/** What the keeper works with. */
export interface KeeperOptions {
  readonly db: Database;
  readonly catalog: NodeTypeCatalog;
  readonly log: Logger;
  /** Who is behind a transaction of a live document. */
  readonly authorOf: AuthorOf;
  /** Called after each save, for whoever shows "saved". */
  readonly onSaved: (workflowId: string, saved: SavedDraft) => void;
}

/** Reads the stored draft. @throws UserError `workflow_unknown` */
export async function requireDraft(tx: TenantTx, workflowId: string): Promise<drafts.Draft> {
  const draft = await drafts.get(tx, workflowId);
  if (draft === null) throw notFound('workflow');
  return draft;
}

/** Loads open drafts from Postgres and stores them again: Yjs state and the document that it means, in one transaction. */
export class DraftKeeper {
  readonly #options: KeeperOptions;
  readonly #open = new Map<string, OpenDraft>();
  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** Fills a live document from Postgres. @throws UserError `workflow_unknown` */
  async load(workspaceId: string, workflowId: string, live: Y.Doc): Promise<void> {
    const stored = await this.#options.db.tenant(workspaceId, (tx) => requireDraft(tx, workflowId));
    Y.applyUpdate(live, stored.yState);
    this.#open.set(workflowId, {
      workflowId,
      workspaceId,
      live,
      revision: stored.revision,
      mark: markDraft(live),
      isDirty: false,
      by: null,
      authors: new ChangeAuthors(live, this.#options.authorOf),
      saving: Promise.resolve(),
      retry: null,
    });
  }

  /** Notes that a live document changed. */
  touch(workflowId: string, by: string | null): void {
    const draft = this.#open.get(workflowId);
    if (draft === undefined) return;
    draft.isDirty = true;
    draft.by = by ?? draft.by;
  }

  /** The revision that the live document stands at; null when it is not open or has unsaved changes. */
  cleanRevision(workflowId: string): number | null {
    const draft = this.#open.get(workflowId);
    return draft === undefined || draft.isDirty ? null : draft.revision;
  }

  /** What Postgres holds of an open draft; null when it is not open. */
  saved(workflowId: string): SavedDraft | null {
    const draft = this.#open.get(workflowId);
    return draft === undefined ? null : { revision: draft.revision, mark: draft.mark };
  }

  /** Whether a live document holds something that Postgres does not. */
  isDirty(workflowId: string): boolean {
    return this.#open.get(workflowId)?.isDirty ?? false;
  }

  /**
   * Stores a live document if it changed; nothing to do when it is not open.
   * @throws TransientError `database_unavailable`; it stays dirty and is tried again every second
   */
  async store(workflowId: string): Promise<void> {
    const draft = this.#open.get(workflowId);
    if (draft === undefined) return;
    const turn = draft.saving.then(() => this.#save(draft));
    draft.saving = turn.catch(() => undefined);
    await turn.catch((thrown: unknown) => {
      this.#retryLater(draft, thrown);
      throw thrown;
    });
  }

  /** Stores everything that is open. @throws TransientError when something could not be stored */
  async storeAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((workflowId) => this.store(workflowId)));
  }

  /** Forgets a live document that was unloaded. */
  forget(workflowId: string): void {
    const draft = this.#open.get(workflowId);
    if (draft?.retry) clearTimeout(draft.retry);
    draft?.authors.stop();
    this.#open.delete(workflowId);
  }

  #retryLater(draft: OpenDraft, thrown: unknown): void {
    if (draft.retry !== null || !draft.isDirty) return;
    this.#options.log.warn({ err: thrown, workflowId: draft.workflowId }, 'a draft could not be stored and will be tried again');
    draft.retry = setTimeout(() => {
      draft.retry = null;
      this.store(draft.workflowId).catch(() => undefined);
    }, RETRY_MS);
    draft.retry.unref();
  }

  async #save(draft: OpenDraft): Promise<void> {
    if (!draft.isDirty) return;
    // A newer format is not ours to write: what we cannot read of it would be lost.
    if (isNewerDraft(draft.live)) {
      draft.isDirty = false;
      return;
    }
    repairDraft(draft.live);
    draft.isDirty = false;
    try {
      await this.#write(draft);
    } catch (thrown) {
      const isGone = thrown instanceof UserError && thrown.code === 'workflow_unknown';
      draft.isDirty = !isGone;
      if (!isGone) throw thrown;
    }
  }

  async #write(draft: OpenDraft): Promise<void> {
    const { db, catalog, onSaved } = this.#options;
    const document = readDraft(draft.live);
    const mark = markDraft(draft.live);
    const fresh = {
      workflowId: draft.workflowId,
      document,
      yState: Y.encodeStateAsUpdate(draft.live),
      triggerTypes: triggerTypesOf(document, catalog),
      revisionExpected: draft.revision,
      by: draft.by,
    };
    const touches = draft.authors.take();
    try {
      draft.revision = await db.tenant(draft.workspaceId, async (tx) => {
        const revision = await drafts.save(tx, fresh);
        await draftChanges.record(tx, draft.workflowId, touches);
        return revision;
      });
    } catch (thrown) {
      draft.authors.giveBack(touches);
      if (!(thrown instanceof UserError) || thrown.code !== 'draft_conflict') throw thrown;
      await this.#merge(draft);
      return this.#write(draft);
    }
    draft.mark = mark;
    onSaved(draft.workflowId, { revision: draft.revision, mark });
  }

  /** Another process stored in between: Yjs merges both. */
  async #merge(draft: OpenDraft): Promise<void> {
    const stored = await this.#options.db.tenant(draft.workspaceId, (tx) => requireDraft(tx, draft.workflowId));
    Y.applyUpdate(draft.live, stored.yState, 'stored');
    draft.revision = stored.revision;
  }
}
