import { messageOf, MillwrightError } from '@millwright/core';
import { readDescription } from '@millwright/openapi';
import { importDescription, printPackage } from '@millwright/openapi-import';
import { parentPort, workerData } from 'node:worker_threads';
import type { ImportAnswer, ImportWork } from './import-description.ts';

/** Started by `import-description.ts` only: reads one description, says what came of it, and is gone. */
function answerOf({ text, origin, key, only }: ImportWork): ImportAnswer {
  try {
    const overlay = { ...(key === undefined ? {} : { key }), ...(only === undefined ? {} : { only: [...only] }) };
    const imported = importDescription(readDescription(text), { overlay, ...(origin === undefined ? {} : { origin }) });
    const { title, baseUrl, auth, actions, notes, skipped } = imported;
    return {
      view: {
        key: imported.key,
        title,
        baseUrl,
        auth: Object.values(auth).map(({ label }) => label),
        actions: Object.entries(actions).map(([name, action]) => ({
          key: name,
          title: action.title,
          operation: action.operation,
          isWrite: action.effect !== 'read',
          notes: [...action.notes],
        })),
        notes: [...notes],
        skipped: skipped.map(({ operation, why }) => ({ operation, why })),
        files: printPackage(imported).map(({ path, text: file }) => ({ path, text: file })),
      },
    };
  } catch (thrown) {
    if (!(thrown instanceof MillwrightError)) return { code: 'description_invalid', message: messageOf(thrown).slice(0, 500) };
    return { code: thrown.code, message: thrown.message, ...(thrown.hint === undefined ? {} : { hint: thrown.hint }) };
  }
}

parentPort?.postMessage(answerOf(workerData as ImportWork));
