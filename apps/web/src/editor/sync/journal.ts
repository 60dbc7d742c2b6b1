import * as Y from 'yjs';

/** The origin of what the journal puts into a draft: not a person's. */
const JOURNAL_ORIGIN = Symbol('journal');
/** Entries after which the journal is written anew as one. */
const COMPACT_AFTER = 500;
/** How long a browser may take to open its database before the page goes on without, ms. */
const OPEN_MS = 1500;

const UPDATES = 'updates';
const TYPED = 'typed';

/** Text that stands in a field and not in the draft yet, as the changes that it will be. */
export interface TypedEntry {
  readonly key: string;
  /** When it was typed, ms since 1970. */
  readonly atMs: number;
  /** As it was kept; whoever reads it checks it. */
  readonly changes: unknown;
}

/** A copy of a draft on this device. */
export interface Journal {
  /** Settles once what it held is in the draft; false where this browser keeps nothing. */
  readonly opened: Promise<boolean>;
  /** Keeps what is typed, before the draft has it. */
  readonly keepTyped: (key: string, changes: unknown) => void;
  /** Forgets what was typed: the draft has it. */
  readonly forgetTyped: (key: string) => void;
  /** What is kept of typed text, also of other pages. */
  readonly typed: () => Promise<readonly TypedEntry[]>;
  /** Forgets an entry of another page. */
  readonly drop: (entry: TypedEntry) => void;
  readonly close: () => void;
}

/** What a journal works on. */
export interface JournalOptions {
  /** Of one person and one workflow. */
  readonly name: string;
  readonly draft: Y.Doc;
  /** Calls back when the browser starts or stops to keep what is written. */
  readonly onKept: (isKept: boolean) => void;
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('refused')));
  });
}

/** @throws where the browser has no database, or does not let us use it */
async function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(UPDATES, { autoIncrement: true });
    request.result.createObjectStore(TYPED);
  });
  return result(request);
}

/** One entry in place of many: read and written in one transaction, so that another page's entries are never lost. */
async function compact(database: IDBDatabase): Promise<void> {
  const store = database.transaction(UPDATES, 'readwrite').objectStore(UPDATES);
  const updates = await result(store.getAll());
  if (updates.length < COMPACT_AFTER) return;
  const whole = new Y.Doc();
  whole.transact(() => updates.forEach((update: Uint8Array) => Y.applyUpdate(whole, update)));
  store.clear();
  store.add(Y.encodeStateAsUpdate(whole));
  whole.destroy();
}

function readTyped(database: IDBDatabase): Promise<readonly TypedEntry[]> {
  return result(database.transaction(TYPED).objectStore(TYPED).getAll());
}

type Change = (transaction: IDBTransaction) => void;

/** Makes one change; a refusal is told, never thrown. */
function writeInto(database: IDBDatabase, change: Change, onWritten: (isWritten: boolean) => void): void {
  let transaction: IDBTransaction | null = null;
  try {
    // Both stores at once: a text is forgotten only after the draft's entry that has it is on the disk.
    transaction = database.transaction([UPDATES, TYPED], 'readwrite');
    transaction.addEventListener('complete', () => onWritten(true));
    transaction.addEventListener('abort', () => onWritten(false));
    change(transaction);
    // A tab that is killed in the next moment has written nevertheless.
    transaction.commit();
  } catch {
    if (transaction) transaction.abort();
    else onWritten(false);
  }
}

/** Writes into the database, in the order of the calls, also before it is open. */
function createWriter() {
  let database: IDBDatabase | null = null;
  let waiting: ((database: IDBDatabase) => void)[] | null = [];
  const write = (change: Change, onWritten: (isWritten: boolean) => void = () => undefined): void => {
    const run = (open: IDBDatabase): void => writeInto(open, change, onWritten);
    if (database) run(database);
    else waiting?.push(run);
  };
  return {
    write,
    start: (opened: IDBDatabase): void => {
      database = opened;
      for (const run of waiting ?? []) run(opened);
      waiting = null;
    },
    stop: (): void => {
      database?.close();
      database = null;
      waiting = null;
    },
  };
}

/** Typed text in the journal: of this page under its own number, of others as found. */
function createTyped(write: ReturnType<typeof createWriter>['write'], opening: Promise<IDBDatabase>): Omit<Journal, 'opened' | 'close'> {
  const tab = crypto.getRandomValues(new Uint32Array(2)).join('-');
  const remove = (key: string): void => write((transaction) => transaction.objectStore(TYPED).delete(key));
  return {
    keepTyped: (key, changes) => {
      const entry: TypedEntry = { key: `${tab} ${key}`, atMs: Date.now(), changes };
      write((transaction) => transaction.objectStore(TYPED).put(entry, entry.key));
    },
    forgetTyped: (key) => remove(`${tab} ${key}`),
    typed: () => opening.then(readTyped).catch(() => []),
    drop: ({ key }) => remove(key),
  };
}

/** Opens the journal of a draft: what is typed survives a killed tab and hours without a network. */
export function openJournal({ name, draft, onKept }: JournalOptions): Journal {
  const writer = createWriter();
  let isClosed = false;
  let writes = 0;
  let isWhole = true;
  const keep = (update: Uint8Array, origin: unknown): void => {
    if (origin === JOURNAL_ORIGIN) return;
    // After a refusal something is missing: the next entry has it all.
    const entry = isWhole ? update : Y.encodeStateAsUpdate(draft);
    writer.write(
      (transaction) => transaction.objectStore(UPDATES).add(entry),
      (isWritten) => {
        isWhole = isWritten;
        onKept(isWritten);
      },
    );
    if (++writes % COMPACT_AFTER === 0) void opening.then(compact).catch(() => onKept(false));
  };
  const opening = openDatabase(name).then(async (database) => {
    const updates = await result(database.transaction(UPDATES).objectStore(UPDATES).getAll());
    if (isClosed) {
      database.close();
      return database;
    }
    draft.transact(() => updates.forEach((update: Uint8Array) => Y.applyUpdate(draft, update)), JOURNAL_ORIGIN);
    writer.start(database);
    if (updates.length >= COMPACT_AFTER) void compact(database).catch(() => onKept(false));
    return database;
  });
  draft.on('update', keep);
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), OPEN_MS));
  const opened = opening.then(
    () => true,
    () => false,
  );
  return {
    opened: Promise.race([opened, late]),
    ...createTyped(writer.write, opening),
    close: () => {
      isClosed = true;
      draft.off('update', keep);
      writer.stop();
    },
  };
}
