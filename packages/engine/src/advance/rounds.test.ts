import type { NodeMemory } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { Driver, draw, ref } from './testing.ts';

const going: NodeMemory = { lists: {}, facts: {} };
const loop = {
  control: 'loop',
  inputs: [
    { port: 'main', required: true, edges: 1 },
    { port: 'back', required: false, edges: 1 },
  ],
};
const drawn = (body: readonly string[], more = {}) => draw(['t>l', ...body, 'l.done>z'], { l: loop, ...more });

/** Completes a node run of the loop. */
function loopRun(driver: Driver, runIndex: number, port: 'loop' | 'done' | null): Driver {
  const outputs = port === null ? {} : { [port]: ref(`l:${runIndex}:${port}`) };
  return driver.send({ type: 'completed', nodeId: 'l', runIndex, outputs, memory: port === 'done' ? null : going, progress: true });
}

describe('a node that goes round', () => {
  it('runs again only when nothing can come back any more', () => {
    const driver = new Driver(drawn(['l.loop>a', 'l.loop>b', 'a>l.back', 'b>l.back']));
    loopRun(driver, 0, 'loop').done('a');
    expect(driver.log.at(-1)).toBe('succeeded a:0');
    driver.done('b');
    expect(driver.log.at(-1)).toBe('run l:1');
    expect(driver.state.active[0]).toMatchObject({ nodeId: 'l', more: true });
    loopRun(driver, 1, null);
    expect(driver.state.active[0]).not.toHaveProperty('more');
    expect(driver.log.at(-1)).toBe('run l:2');
  });

  it('goes on with nothing when nothing came back, and the run ends when it remembers nothing', () => {
    const driver = new Driver(drawn(['l.loop>a', 'a>l.back']));
    loopRun(driver, 0, 'loop').done('a', { main: 0 });
    expect(driver.state.active).toMatchObject([{ nodeId: 'l', runIndex: 1, inputs: {} }]);
    loopRun(driver, 1, 'done');
    expect(driver.state).not.toHaveProperty('memory');
    driver.done('z');
    expect(driver.log.at(-1)).toBe('end succeeded');
  });

  it('an inner round ends before the outer one', () => {
    const edges = ['l.loop>i', 'i.loop>a', 'a>i.back', 'i.done>l.back'];
    const driver = new Driver(drawn(edges, { i: loop }));
    loopRun(driver, 0, 'loop').send({ type: 'completed', nodeId: 'i', runIndex: 0, outputs: { loop: ref('i:0:loop') }, memory: going });
    driver.done('a', { main: 0 });
    expect(driver.log.at(-1)).toBe('run i:1');
  });

  it('what waits in a round for what does not come goes on before the round ends', () => {
    const m = {
      inputs: [
        { port: 'main', required: false, edges: 1 },
        { port: 'second', required: false, edges: 1 },
      ],
    };
    const driver = new Driver(drawn(['l.loop>f', 'f.yes>m', 'f.no>m.second', 'm>l.back'], { m }));
    loopRun(driver, 0, 'loop').done('f', { yes: 1, no: 0 });
    expect(driver.log.at(-1)).toBe('run m:0');
    driver.done('m');
    expect(driver.log.at(-1)).toBe('run l:1');
  });

  it('what waits in a round does not wait for another list of the loop, nor is it left behind by the next round', () => {
    const m = {
      inputs: [
        { port: 'main', required: false, edges: 1 },
        { port: 'second', required: false, edges: 1 },
      ],
    };
    const edges = ['t>l', 't>s', 's>l', 'l.loop>f', 'f.yes>m', 'f.no>m.second', 'm>l.back', 'l.done>z'];
    const driver = new Driver(draw(edges, { l: loop, m }));
    loopRun(driver, 0, 'loop').done('f', { yes: 1, no: 0 });
    expect(driver.log.at(-1)).toBe('run m:0');
    driver.done('m');
    expect(driver.log.at(-1)).toBe('run l:1');
    expect(driver.state.active.map((one) => one.nodeId)).toEqual(['s', 'l']);
  });

  it('each list that arrives is a node run, whatever else is wired', () => {
    const driver = new Driver(draw(['t>a', 't>b', 'a>l', 'b>l', 'l.loop>x', 'x>l.back'], { l: loop }));
    driver.done('a').done('b');
    expect(driver.log.filter((one) => one.startsWith('run l'))).toEqual(['run l:0', 'run l:1']);
  });

  it('may go round longer than the limit of steps while it gets on, and no longer when it does not', () => {
    const rounds = (progress: boolean): Driver => {
      const driver = new Driver(drawn(['l.loop>a', 'a>l.back']));
      for (let run = 0; run < 6000 && driver.state.ended === undefined; run++) {
        driver.send({
          type: 'completed',
          nodeId: 'l',
          runIndex: run,
          outputs: { loop: ref(`l:${run}:loop`) },
          memory: going,
          ...(progress ? { progress: true as const } : {}),
        });
        if (driver.state.ended === undefined) driver.done('a', { main: 1 }, run);
      }
      return driver;
    };
    expect(rounds(true).state.ended).toBeUndefined();
    expect(rounds(false).state.ended).toMatchObject({ status: 'failed', error: { code: 'run_limit' } });
  });

  it('forgets everything when the run ends', () => {
    const driver = new Driver(drawn(['l.loop>a', 'a>l.back']));
    loopRun(driver, 0, 'loop').send({ type: 'canceled', reason: 'user' });
    expect(driver.state).not.toHaveProperty('memory');
  });
});
