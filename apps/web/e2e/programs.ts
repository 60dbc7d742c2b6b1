import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';

/** A program that a page asked for. */
export interface Program {
  readonly path: string;
  readonly source: string;
}

/** What tells that a file holds a library, whatever the file's name is. */
const LIBRARIES: Readonly<Record<string, RegExp>> = { ELK: /org\.eclipse\.elk/, CodeMirror: /cm-content/, Monaco: /monaco-editor/ };

/** Most KB after gzip that a route may ask for before any click (editor.md T12). */
export const ROUTE_CAPS_KB = { signIn: 150, list: 270, editor: 430, expression: 150 } as const;

/** Time in which a route has asked for all that it wants, ms. */
const ASKED_MS = 2500;

/** Notes every program that a page asks for from now on. @returns those since the last call, once nothing more comes */
export function listenForPrograms(page: Page): () => Promise<readonly Program[]> {
  let waiting: Promise<Program>[] = [];
  page.on('response', (response: Response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.endsWith('.js') || response.request().method() !== 'GET') return;
    // A page that is closed meanwhile has told all that was asked.
    waiting.push(
      response.text().then(
        (source) => ({ path: pathname, source }),
        () => ({ path: pathname, source: '' }),
      ),
    );
  });
  return async () => {
    await page.waitForTimeout(ASKED_MS);
    const asked = await Promise.all(waiting);
    waiting = [];
    return asked;
  };
}

/** Weight of programs, KB after gzip. */
export function weighKb(programs: readonly Program[]): number {
  return programs.reduce((sum, { source }) => sum + gzipSync(source, { level: 9 }).length, 0) / 1024;
}

/** Files that hold a large library, by its name. */
export function largeLibraries(programs: readonly Program[]): Readonly<Record<string, readonly string[]>> {
  const holding = (mark: RegExp): readonly string[] => programs.filter(({ source }) => mark.test(source)).map((program) => program.path);
  return Object.fromEntries(Object.entries(LIBRARIES).map(([library, mark]) => [library, holding(mark)]));
}
