import { describe, expect, it } from 'vitest';
import type { Announcement } from './announcement.ts';
import { createAnnouncer, summarize } from './announcer.ts';

const finished = (name: string): Announcement => ({ key: 'say.stepFinished', values: { name } });
const said = (key: string): Announcement => ({ key, values: {} });

/** An announcer on a clock that the test moves. */
function atClock() {
  let nowMs = 0;
  let due: { readonly at: number; readonly run: () => void } | null = null;
  const spoken: { readonly at: number; readonly keys: readonly string[] }[] = [];
  const announcer = createAnnouncer({
    nowMs: () => nowMs,
    later: (run, ms) => {
      due = { at: nowMs + ms, run };
      return () => (due = null);
    },
    speak: (list) => spoken.push({ at: nowMs, keys: list.map(({ key }) => key) }),
  });
  const goTo = (ms: number): void => {
    while (due && due.at <= ms) {
      const { at, run } = due;
      due = null;
      nowMs = at;
      run();
    }
    nowMs = ms;
  };
  return { announcer, goTo, spoken };
}

describe('the live region', () => {
  it('says at most one message in two seconds, however much happens', () => {
    const { announcer, goTo, spoken } = atClock();
    for (let ms = 0; ms < 10_000; ms += 50) {
      goTo(ms);
      announcer.take(finished(`s${ms}`));
    }
    goTo(20_000);
    const gaps = spoken.slice(1).map(({ at }, index) => at - (spoken[index]?.at ?? 0));
    expect(spoken.length).toBeGreaterThan(3);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2000);
  });

  it('says the first one at once', () => {
    const { announcer, goTo, spoken } = atClock();
    announcer.take(said('say.connected'));
    goTo(150);
    expect(spoken).toEqual([{ at: 120, keys: ['say.connected'] }]);
  });

  it('counts results, and tells a single one by its name', () => {
    expect(summarize([finished('A')])).toEqual([finished('A')]);
    expect(summarize([finished('A'), finished('B'), finished('C'), finished('D')])).toEqual([
      { key: 'say.stepsFinished', values: { count: 4, names: 'A, B, C …' } },
    ]);
  });

  it('tells only the newest of what replaces each other, and no result is lost by it', () => {
    expect(summarize([said('say.connectTo'), finished('A'), said('say.connectTo'), said('say.connected')])).toEqual([
      finished('A'),
      said('say.connected'),
    ]);
  });
});
