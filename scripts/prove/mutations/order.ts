import type { Mutation } from './index.ts';

/** A write leaves while outcomes that led to it stay behind. */
export const order: Mutation = {
  name: '§2.1 order: a write leaves before what led to it is stored',
  patches: [
    {
      file: 'packages/db/src/ledger/run-buffer.ts',
      find: `  take(): FlushPart {
    const part: FlushPart = {
      buffer: this,
      fenced: !this.dead,
      inserts: this.#inserts,`,
      replace: `  take(): FlushPart {
    const isSending = [...this.#inserts.values()].some((row) => row.status === 'started');
    const behind = new Map([...this.#inserts].filter(([, row]) => isSending && row.status !== 'started'));
    const part: FlushPart = {
      buffer: this,
      fenced: !this.dead,
      inserts: new Map([...this.#inserts].filter(([name]) => !behind.has(name))),`,
    },
    {
      file: 'packages/db/src/ledger/run-buffer.ts',
      find: `    this.#inserts = new Map();
    this.#settles = new Map();
    this.#nodeRuns = new Map();
    this.#decisions = new Map();
    this.#reply = null;
    this.#deliveryDue = false;
    this.#waiters = [];`,
      replace: `    this.#inserts = behind;
    this.#settles = new Map();
    this.#nodeRuns = new Map();
    this.#decisions = new Map();
    this.#reply = null;
    this.#deliveryDue = false;
    this.#waiters = [];`,
    },
  ],
  caughtBy: 'read that answers differently',
};
