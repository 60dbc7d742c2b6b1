import { describe, expect, it } from 'vitest';
import { Admission } from './admission.ts';

const idle = { runs: () => ({ open: 0, quick: 0, busy: 0 }), loopDelayMs: () => 0 };
const refused = expect.objectContaining({ code: 'over_capacity', kind: 'tooMany', retry: { afterMs: expect.any(Number) } });

describe('admission', () => {
  it('takes on as many starts at a time as allowed, and another when one is over, however often that is said', () => {
    const admission = new Admission(idle, { starting: 2 });
    const leave = admission.enter();
    admission.enter();
    expect(() => admission.enter()).toThrow(refused);
    leave();
    leave();
    admission.enter();
    expect(() => admission.enter()).toThrow(refused);
  });

  it('refuses callers that wait while too many runs are open, and everybody while the event loop is too late', () => {
    let runs = { open: 0, quick: 0, busy: 0 };
    let late = 0;
    const admission = new Admission({ runs: () => runs, loopDelayMs: () => late }, { quickRuns: 10, openRuns: 20, loopDelayMs: 100 });
    admission.enter()();
    runs = { open: 10, quick: 10, busy: 0 };
    expect(() => admission.assertRoom()).toThrow(refused);
    admission.enter()();
    runs = { open: 19, quick: 9, busy: 0 };
    admission.assertRoom();
    runs = { open: 20, quick: 0, busy: 0 };
    expect(() => admission.assertRoom()).toThrow(refused);
    late = 100;
    expect(() => admission.enter()).toThrow(refused);
    late = 99;
    admission.enter()();
  });

  it('tells whoever is refused what to do', () => {
    expect(() => new Admission(idle, { starting: 0 }).enter()).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('Retry-After') }),
    );
  });
});
