import type { WorkflowDocument } from '@millwright/workflow';
import { eventually } from '@millwright/testing';
import type { Page } from 'playwright-core';
import { canvas, inspector } from '../editor.ts';
import { openDraft, says } from '../people.ts';
import { complaints, endsOfLine, type Entry, placesOf, takenFromOthers } from './ledger.ts';
import { createRandomPerson, openLabel, overview, randomOf, shownSteps, type RandomPerson } from './random-person.ts';

/** What two people do to one workflow, and for how long. */
export interface Session {
  readonly workflowId: string;
  readonly pages: readonly [Page, Page];
  readonly seconds: number;
  readonly seed: number;
  readonly readDocument: () => Promise<WorkflowDocument>;
  /** Told in words what happens. */
  readonly onAct: (words: string) => void;
}

/** How a session ended. */
export interface Outcome {
  /** What does not fit; empty where all is well. */
  readonly faults: readonly string[];
  readonly acts: number;
  readonly undos: number;
}

/** Lines that a step may have here: none is drawn while people edit. */
const MOST_LINES = 6;

/** Share of the time at which the second person loses the network and finds it again. */
const OFFLINE = { from: 0.4, to: 0.65 } as const;

type Places = ReadonlyMap<string, string>;

/** Opens a step's panel. Cards may lie over each other by now: what is under another one is opened all the same. */
async function openCard(page: Page, id: string): Promise<void> {
  // The last step that was opened moved the camera.
  await overview(page);
  await page.locator(`#step-${id}`).dispatchEvent('click');
  await page.locator(`#step-${id}[data-selected]`).waitFor();
}

/** What stands at a line, in the field in which it is written: `E` goes from line to line of a step. */
async function labelOn(page: Page, line: string): Promise<string | null> {
  const [from = ''] = endsOfLine(line);
  await openCard(page, from);
  await canvas(page).focus();
  for (let times = 0; times < MOST_LINES; times++) {
    await page.keyboard.press('e');
    const opened = await openLabel(page);
    const text = await opened.field.inputValue();
    await opened.field.press('Escape');
    await opened.field.waitFor({ state: 'detached' });
    if (opened.line === line) return text;
  }
  return null;
}

/** What one page shows: names and places by looking at the cards, addresses by opening each step, labels by opening those of each line. */
async function seenOn(page: Page, ids: readonly string[], lines: readonly string[]): Promise<Places> {
  const seen = new Map<string, string>();
  for (const id of ids) {
    await openCard(page, id);
    seen.set(id, 'there');
    seen.set(`${id}.name`, await inspector(page).getByRole('textbox', { name: 'Name of the step' }).inputValue());
    const address = inspector(page).getByRole('textbox', { name: /^Address/ });
    if ((await address.count()) > 0) seen.set(`${id}.url`, await address.inputValue());
  }
  for (const line of lines) {
    const label = await labelOn(page, line);
    if (label !== null) seen.set(line, 'there');
    if (label) seen.set(`${line}.label`, label);
  }
  return seen;
}

function differences(what: string, seen: Places, stored: Places): readonly string[] {
  const places = [...new Set([...seen.keys(), ...stored.keys()])].filter((place) => !place.endsWith('.disabled'));
  return places
    .filter((place) => seen.get(place) !== stored.get(place))
    .map((place) => `${what} shows ${place} = ${seen.get(place) ?? 'nothing'}, stored is ${stored.get(place) ?? 'nothing'}`);
}

/** Lets one person undo while the other rests, and looks what it changed. */
async function undoAlone(
  session: Session,
  person: RandomPerson,
): Promise<{ readonly entries: readonly Entry[]; readonly faults: readonly string[] }> {
  const before = placesOf(await session.readDocument());
  const fromMs = performance.now();
  await canvas(person.page).focus();
  await person.page.keyboard.press('ControlOrMeta+z');
  await says(person.page, 'saved');
  const after = placesOf(await session.readDocument());
  const toMs = performance.now();
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((place) => before.get(place) !== after.get(place));
  // A line that comes back has what stood at it then: what somebody wrote while it was gone stood at nothing.
  const labels = changed.filter((place) => endsOfLine(place).length > 0).map((line) => `${line}.label`);
  const entries = [...new Set([...changed, ...labels])].map((place) => ({
    who: `${person.who} (undo)`,
    place,
    value: after.get(place) ?? null,
    fromMs,
    toMs,
    knewMs: fromMs,
  }));
  const faults = takenFromOthers(person.who, before, after).map((taken) => `the undo of ${person.who} took ${taken}`);
  return { entries, faults };
}

/** Works until a moment comes; whoever is offline writes down that others could not know before they are back. */
async function workUntil(person: RandomPerson, endMs: number, onAct: (words: string) => void): Promise<number> {
  let acts = 0;
  while (performance.now() < endMs) {
    onAct(await person.act());
    acts += 1;
  }
  return acts;
}

/**
 * Two people do random things to one workflow on two real pages; one of them is without a network for a while.
 * Every few acts one undoes while the other rests. In the end both pages and the API must have the same document, with
 * everything in it that either wrote and nobody replaced or deleted.
 */
export async function editTogether(session: Session): Promise<Outcome> {
  const { pages, seed, seconds, onAct } = session;
  const random = randomOf(seed + 2);
  let isOffline = false;
  const persons = pages.map((page, index) =>
    createRandomPerson(index === 0 ? 'ana' : 'bo', page, {
      seed: seed + index,
      settle: async () => (isOffline && index === 1 ? page.waitForTimeout(300) : says(page, 'saved')),
    }),
  );
  const [ana, bo] = persons;
  if (!ana || !bo) throw new Error('two people are needed');
  for (const { page } of persons) await openDraft(page, session.workflowId);
  const first = placesOf(await session.readDocument());
  const startMs = performance.now();
  const at = (share: number): number => startMs + seconds * 1000 * share;
  const entries: Entry[] = [];
  const faults: string[] = [];
  let acts = 0;
  let undos = 0;
  const work = async (untilMs: number): Promise<void> => {
    for (const count of await Promise.all(persons.map((person) => workUntil(person, untilMs, onAct)))) acts += count;
  };
  const workAndUndo = async (untilMs: number): Promise<void> => {
    while (performance.now() < untilMs) {
      await work(Math.min(untilMs, performance.now() + 5000));
      const result = await undoAlone(session, random() < 0.5 ? ana : bo);
      entries.push(...result.entries);
      faults.push(...result.faults);
      undos += 1;
      onAct(`undo: ${result.entries.map(({ who, place, value }) => `${who} ${place} = ${value ?? 'nothing'}`).join(', ')}`);
    }
  };
  await workAndUndo(at(OFFLINE.from));
  const known = bo.entries.length;
  const leftMs = performance.now();
  isOffline = true;
  onAct('bo goes offline');
  await bo.page.context().setOffline(true);
  await says(bo.page, 'offline');
  await work(at(OFFLINE.to));
  await bo.page.context().setOffline(false);
  isOffline = false;
  await says(bo.page, 'saved');
  onAct('bo is back');
  const backMs = performance.now();
  // What was done without a network was known to nobody before now, whatever happened to it in between.
  const unheard = bo.entries.splice(known).map((entry) => ({ ...entry, toMs: backMs, knewMs: leftMs }));
  entries.push(...unheard);
  await workAndUndo(at(1));
  entries.push(...ana.entries, ...bo.entries);
  for (const { page } of persons) await says(page, 'saved');
  const last = placesOf(await session.readDocument());
  faults.push(...complaints(first, entries, last));
  const whole = [...last.keys()].filter((place) => !place.includes('.')).toSorted();
  const lines = whole.filter((place) => endsOfLine(place).length > 0);
  const ids = whole.filter((place) => !lines.includes(place));
  for (const { who, page } of persons) {
    await eventually(async () => JSON.stringify(await shownNow(page)) === JSON.stringify(ids));
    faults.push(...differences(`the page of ${who}`, await seenOn(page, ids, lines), last));
  }
  return { faults, acts, undos };
}

async function shownNow(page: Page): Promise<readonly string[]> {
  await overview(page);
  return shownSteps(page);
}
