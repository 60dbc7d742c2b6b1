import { describe, expect, it } from 'vitest';
import { Driver, draw, ref } from './testing.ts';

const runs = (driver: Driver): readonly string[] =>
  driver.log.filter((one) => one.startsWith('run ')).map((one) => one.slice('run '.length));
const port = (name: string, required = false) => ({ port: name, required, edges: 1 });

describe('sequential order', () => {
  it('takes what follows all outputs of a node together, as it is drawn', () => {
    const nodes = {
      t: {},
      f: { outputs: { true: [{ to: 'low', input: 'main' }], false: [{ to: 'high', input: 'main' }] } },
      high: {},
      low: {},
    };
    const skeleton = draw(['t>f', 'f.true>low', 'f.false>high'], nodes, 'sequential');
    const drawn = { ...skeleton, nodes: skeleton.nodes.toSorted((a, b) => (a.id === 'low' ? 1 : b.id === 'low' ? -1 : 0)) };
    const driver = new Driver(drawn);
    driver.send({ type: 'completed', nodeId: 'f', runIndex: 0, outputs: { true: ref('f:0:true'), false: ref('f:0:false') } });
    driver.done('high').done('low');
    expect(runs(driver)).toEqual(['f:0', 'high:0', 'low:0']);
  });

  it('lets what waits in vain go on when everything else has run', () => {
    const m = { inputs: [port('main'), port('second')] };
    const driver = new Driver(draw(['t>a', 't>c', 't>d', 'a>m', 'a.other>b', 'b>m.second'], { m }, 'sequential'));
    driver.done('a').done('c').done('d').done('m');
    expect(runs(driver)).toEqual(['a:0', 'c:0', 'd:0', 'm:0']);
    expect(driver.log.at(-1)).toBe('end succeeded');
  });

  it('goes round before anything else begins', () => {
    const loop = { control: 'loop', inputs: [port('main', true), port('back')] };
    const driver = new Driver(draw(['t>l', 't>d', 'l.loop>a', 'a>l.back', 'l.done>z'], { l: loop }, 'sequential'));
    const memory = { lists: {}, facts: {} };
    driver.send({ type: 'completed', nodeId: 'l', runIndex: 0, outputs: { loop: ref('l:0:loop') }, memory });
    driver.done('a');
    driver.send({ type: 'completed', nodeId: 'l', runIndex: 1, outputs: { done: ref('l:1:done') }, memory: null });
    driver.done('z').done('d');
    expect(runs(driver)).toEqual(['l:0', 'a:0', 'l:1', 'z:0', 'd:0']);
    expect(driver.log.at(-1)).toBe('end succeeded');
  });
});
