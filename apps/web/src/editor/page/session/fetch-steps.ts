import { ApiError } from '@millwright/client';
import type { ClipboardContent } from '@millwright/workflow';
import i18next from 'i18next';
import { api } from '../../../api/client.ts';
import { errorWords } from '../../../api/error-words.ts';
import { runErrorWords } from '../../../api/fault-words.ts';
import { showToast } from '../../../ui/layers/toast.tsx';
import { loadPanelTexts, type useTexts } from '../../texts.ts';

/** From when on it is worth saying that something is going on, ms. */
const SLOW_MS = 800;

type Texts = ReturnType<typeof useTexts>;

/** Why nothing came from an address, and what to do. */
function wordsOf(error: unknown, { has, say, faults }: Texts): string {
  if (!(error instanceof ApiError) || error.status === 0) {
    const { what, next } = errorWords(error, i18next.getFixedT(i18next.language, 'core'));
    return `${what} ${next}`;
  }
  const key = `pasteAddress.${error.code}`;
  if (has(key)) return say(key);
  const { code, detail: message, hint } = error;
  const words = runErrorWords({ code, message, ...(hint === undefined ? {} : { hint }) }, faults);
  const isSentence = /[.!?]$/.test(words.text);
  return `${words.text}${isSentence ? '' : '.'} ${words.hint}`.trim();
}

/** Asks the server for the steps at an address; tells what goes on. Null: there are none, and why was told. */
export async function fetchSteps(address: string, texts: Texts): Promise<ClipboardContent | null> {
  const { host } = new URL(address);
  await loadPanelTexts();
  const slow = setTimeout(() => showToast({ title: texts.t('pasteAddress.reading', { host }) }), SLOW_MS);
  try {
    return await api.workflows.fetch({ body: { url: address } });
  } catch (error) {
    showToast({ title: texts.t('pasteAddress.failed', { host }), description: wordsOf(error, texts), tone: 'failed' });
    return null;
  } finally {
    clearTimeout(slow);
  }
}
