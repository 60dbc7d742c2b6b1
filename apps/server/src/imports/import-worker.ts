import { messageOf, MillwrightError, type JsonObject, type JsonValue } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import { readDescription } from '@millwright/openapi';
import {
  importDescription,
  importNext,
  printPackage,
  readOverlay,
  type ConnectorChanges,
  type ImportedConnector,
} from '@millwright/openapi-import';
import { parentPort, workerData } from 'node:worker_threads';
import type { ImportAnswer, ImportWork } from './import-description.ts';

type View = Extract<ImportAnswer, { readonly view: unknown }>['view'];

interface Answered {
  readonly imported: ImportedConnector;
  readonly changes?: ConnectorChanges;
}

function changesView(changes: ConnectorChanges): NonNullable<Extract<ImportAnswer, { readonly view: unknown }>['changes']> {
  const { operations, hostsAdded, hostsRemoved, signInAdded, signInRemoved, isReworded } = changes;
  return {
    operations: operations.map(({ what, ...operation }) => ({ ...operation, what: what.map((change) => ({ ...change })) })),
    hostsAdded: [...hostsAdded],
    hostsRemoved: [...hostsRemoved],
    signInAdded: [...signInAdded],
    signInRemoved: [...signInRemoved],
    isReworded,
  };
}

function viewOf(imported: ImportedConnector, text: string): View {
  const { key, title, baseUrl, hosts, auth, actions, notes, skipped } = imported;
  return {
    key,
    title,
    baseUrl,
    hosts: [...hosts],
    digest: hashHex(text),
    auth: Object.values(auth).flatMap(({ kind, label }) => (kind === 'none' ? [] : [label])),
    actions: Object.entries(actions).map(([name, action]) => ({
      key: name,
      title: action.title,
      operation: action.operation,
      isWrite: action.effect !== 'read',
      paging: action.pages?.kind ?? null,
      notes: [...action.notes],
    })),
    notes: [...notes],
    skipped: skipped.map(({ operation, why }) => ({ operation, why })),
    files: printPackage(imported).map((file) => ({ ...file })),
  };
}

/** A new connector, or the next version of one. */
function importOf({ text, origin, earlier, ...chosen }: ImportWork): Pick<Answered, 'imported' | 'changes'> {
  // What was not chosen is undefined, which JSON leaves out.
  const overlay = readOverlay(JSON.parse(JSON.stringify(chosen)) as JsonValue);
  const from = origin === undefined ? {} : { origin };
  // They were checked when they were stored, and nobody may change them there.
  const [first, ...later] = (earlier ?? []) as unknown as readonly ImportedConnector[];
  if (first === undefined) return { imported: importDescription(readDescription(text), { overlay, ...from }) };
  return importNext(readDescription(text), { history: [first, ...later], overlay, ...from });
}

/** Started by `import-description.ts` only: reads one description, says what came of it, and is gone. */
function answerOf(work: ImportWork): ImportAnswer {
  try {
    const { imported, changes } = importOf(work);
    const content = JSON.parse(JSON.stringify(imported)) as JsonObject;
    return { view: viewOf(imported, work.text), content, ...(changes === undefined ? {} : { changes: changesView(changes) }) };
  } catch (thrown) {
    if (!(thrown instanceof MillwrightError)) return { code: 'description_invalid', message: messageOf(thrown).slice(0, 500) };
    return { code: thrown.code, message: thrown.message, ...(thrown.hint === undefined ? {} : { hint: thrown.hint }) };
  }
}

parentPort?.postMessage(answerOf(workerData as ImportWork));
