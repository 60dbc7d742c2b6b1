import { expect, it } from 'vitest';
import { generate } from './generate.ts';
import { play, SIMULATIONS } from './simulations.ts';

/** What each of them once showed. */
const SEEDS: readonly (readonly [number, string])[] = [
  [21573, 'a run that failed while a section was being undone cut that short'],
  [26484, 'in sequential order, what waited in vain elsewhere came before the next round of a loop'],
  [34925, 'sections that end at the same time are undone in the order in which they began, the last first'],
  [147602, 'lists that are kept as blobs were not compared'],
  [232548, 'a paused run left while an answer had just come, and asked what had become of it'],
  [55977, 'what a disabled node passed on came before others that were ready when it was'],
  [80660, 'of a map that stops, an item undid its own before what another item had done later'],
  [119985, 'the same in another graph'],
];

/** The same where things go wrong. */
const FAULTY_SEEDS: readonly (readonly [number, string])[] = [
  [20821, 'a call that was given up said later that it had never left, and the run went on asking a person'],
  [22275, 'a timer that a lost try had taken said when its segment was opened'],
  [112009, 'a call that stayed here because the run had been taken over was read as the refusal of what it called'],
  [33605, 'what was done in a run was sent again after it: another process had sent it a second time, and died'],
  [
    39857,
    'a retry that a lost try had taken said later than its failure when the segment was opened: it was not due where nothing is lost',
  ],
  [3384, 'of a wait in a loop one node run was cut short, and all were held back where nothing goes wrong'],
  [4100, 'a wait of no time, its run canceled before it was stored, was held back for ever where nothing goes wrong'],
  [52954, 'what had been refused in a section that was undone was sent as another request under the same key'],
  [102110, 'an undo that was lost, then wanted as new, left a key that the next undo was sent under'],
  [51099, 'waits that a death had put off ended in another order where nothing dies'],
  [52908, 'a wake-up that came while the first segment was joined was forgotten'],
  [55029, 'an answer that was stored after a second try had begun counted as stored before'],
  [7282, 'a resumed run that began in the last millisecond of the run before it took that time for its own when it was opened again'],
  [24679, 'a segment that opened in the last millisecond of the one before it answered at one time, and at another when opened again'],
  [47672, 'nobody answered what a run asked whose last process was dead'],
  [82244, 'in a paused run an answer was taken before the node that was to fail had its turn'],
  [120036, 'the same while a section was to be undone: where nothing is paused that was done, and went on'],
  [162889, 'a caller was told how a run had failed by a process that did not know'],
  [116453, 'what became of a lost remote call of a node run that was over stood in the place of another node run of an earlier run'],
  [157424, 'a hundred calls of a section that had failed left none for its catch, where nothing goes wrong'],
  [101248, 'a late answer refused an outcome, and the one after it was stored without it'],
  [23486, 'a segment called again took the word of a try that did not know which remote calls were over'],
];

it.each(FAULTY_SEEDS)('%i holds where things go wrong: %s', async (seed) => {
  for (const simulation of SIMULATIONS.filter(({ name }) => name === 'faults')) expect(await play(simulation, generate(seed))).toEqual([]);
});

it.each(SEEDS)('%i holds: %s', async (seed) => {
  for (const simulation of SIMULATIONS.filter(({ name }) => name !== 'faults')) expect(await play(simulation, generate(seed))).toEqual([]);
});
