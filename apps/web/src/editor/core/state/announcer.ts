import type { Announcement } from './announcement.ts';

/** Pause in which announcements that follow each other are taken together, ms. */
const SETTLE_MS = 120;

/** Shortest time between two messages, ms: a listener must be able to hear the first one out. */
const GAP_MS = 2000;

/** Names that a summary lists before it only counts. */
const LISTED = 3;

/** What is told once for many: the key of one of them, and that of their summary. */
const SUMMARIES: Readonly<Record<string, string>> = { 'say.stepFinished': 'say.stepsFinished', 'say.stepFailed': 'say.stepsFailed' };

/**
 * What is worth saying of announcements that came in a short time: results are counted, of everything else
 * only the newest is told, since it replaced what was before.
 */
export function summarize(announcements: readonly Announcement[]): readonly Announcement[] {
  const newest = announcements.findLast(({ key }) => SUMMARIES[key] === undefined);
  const results = Object.entries(SUMMARIES).flatMap(([key, summary]): readonly Announcement[] => {
    const same = announcements.filter((one) => one.key === key);
    const first = same[0];
    if (!first || same.length === 1) return same;
    const names = same.slice(0, LISTED).map(({ values }) => String(values['name'] ?? ''));
    const more = same.length > LISTED ? ' …' : '';
    return [{ key: summary, values: { count: same.length, names: `${names.join(', ')}${more}` } }];
  });
  return newest ? [...results, newest] : results;
}

/** What an announcer works with. */
export interface AnnouncerPorts {
  /** Ms of a clock that only goes forward. */
  readonly nowMs: () => number;
  /** Calls back after some ms. @returns how to call it off */
  readonly later: (run: () => void, ms: number) => () => void;
  readonly speak: (announcements: readonly Announcement[]) => void;
}

/** Says what happened, at most one message in two seconds. */
export interface Announcer {
  readonly take: (announcement: Announcement) => void;
  readonly destroy: () => void;
}

/** An announcer that has said nothing yet. */
export function createAnnouncer({ nowMs, later, speak }: AnnouncerPorts): Announcer {
  let waiting: readonly Announcement[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  let callOff: (() => void) | null = null;
  const flush = (): void => {
    callOff = null;
    lastMs = nowMs();
    const said = summarize(waiting);
    waiting = [];
    speak(said);
  };
  return {
    take: (announcement) => {
      waiting = [...waiting, announcement];
      callOff ??= later(flush, Math.max(SETTLE_MS, lastMs + GAP_MS - nowMs()));
    },
    destroy: () => callOff?.(),
  };
}
