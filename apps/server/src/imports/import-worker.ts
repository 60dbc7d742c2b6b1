import { messageOf, MillwrightError, type JsonObject, type JsonValue } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import { readDescription } from '@millwright/openapi';
import { importDescription, printPackage, readOverlay, type ImportedConnector } from '@millwright/openapi-import';
import { parentPort, workerData } from 'node:worker_threads';
import type { ImportAnswer, ImportWork } from './import-description.ts';

type View = Extract<ImportAnswer, { readonly view: unknown }>['view'];

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

/** Started by `import-description.ts` only: reads one description, says what came of it, and is gone. */
function answerOf({ text, origin, ...chosen }: ImportWork): ImportAnswer {
  try {
    // What was not chosen is undefined, which JSON leaves out.
    const overlay = readOverlay(JSON.parse(JSON.stringify(chosen)) as JsonValue);
    const imported = importDescription(readDescription(text), { overlay, ...(origin === undefined ? {} : { origin }) });
    return { view: viewOf(imported, text), content: JSON.parse(JSON.stringify(imported)) as JsonObject };
  } catch (thrown) {
    if (!(thrown instanceof MillwrightError)) return { code: 'description_invalid', message: messageOf(thrown).slice(0, 500) };
    return { code: thrown.code, message: thrown.message, ...(thrown.hint === undefined ? {} : { hint: thrown.hint }) };
  }
}

parentPort?.postMessage(answerOf(workerData as ImportWork));
