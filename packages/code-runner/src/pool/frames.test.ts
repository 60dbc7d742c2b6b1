import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, FrameReader } from './frames.ts';

const frames = fc.array(fc.record({ kind: fc.constantFrom('L', 'R', 'F'), text: fc.string({ maxLength: 50 }) }), { maxLength: 8 });

describe('frames', () => {
  it('come out as they went in, however the bytes are cut', () => {
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sent, cuts) => {
        const bytes = Buffer.concat(sent.map(({ kind, text }) => encodeFrame(kind, [Buffer.from(text)])));
        const reader = new FrameReader(1000);
        const got: { kind: string; text: string }[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = cuts[turn % cuts.length] ?? 1;
          for (const { kind, body } of reader.push(bytes.subarray(at, at + size))) got.push({ kind, text: body.toString() });
          at += size;
        }
        expect(got).toEqual(sent.map(({ kind, text }) => ({ kind, text: Buffer.from(text).toString() })));
      }),
    );
  });

  it('A31: a frame that is too long is refused as soon as its length is known', () => {
    const reader = new FrameReader(10);
    expect(() => reader.push(Buffer.from([0, 0, 0, 11, 82]))).toThrow(RangeError);
    expect(() => new FrameReader(10).push(Buffer.from([255, 255, 255, 255, 82]))).toThrow(RangeError);
  });
});
