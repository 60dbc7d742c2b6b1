/** A message from a sandbox process. */
export interface Frame {
  readonly kind: string;
  readonly body: Buffer;
}

const HEAD_BYTES = 5;

/** A frame as bytes: length (4, big endian), kind (1), body. */
export function encodeFrame(kind: string, body: readonly Buffer[]): Buffer {
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  head.writeUInt32BE(
    body.reduce((sum, part) => sum + part.length, 0),
    0,
  );
  head.write(kind, 4, 'latin1');
  return Buffer.concat([head, ...body]);
}

/** Cuts a stream of bytes into frames. */
export class FrameReader {
  readonly #mostBytes: number;
  #parts: Buffer[] = [];
  #size = 0;
  #needs = HEAD_BYTES;

  /** @param mostBytes a longer frame is refused */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /**
   * Takes what arrived.
   * @returns the frames that are whole now
   * @throws RangeError for a frame that is too long
   */
  push(bytes: Buffer): readonly Frame[] {
    this.#parts.push(bytes);
    this.#size += bytes.length;
    const frames: Frame[] = [];
    while (this.#size >= this.#needs) {
      // Large frames arrive in many parts: they are joined when the frame is whole, not at each part.
      const all = this.#parts.length === 1 && this.#parts[0] ? this.#parts[0] : Buffer.concat(this.#parts, this.#size);
      this.#parts = [all];
      const length = all.readUInt32BE(0);
      if (length > this.#mostBytes) throw new RangeError(`a frame of ${length} bytes`);
      this.#needs = HEAD_BYTES + length;
      if (this.#size < this.#needs) break;
      frames.push({ kind: String.fromCharCode(all.readUInt8(4)), body: all.subarray(HEAD_BYTES, this.#needs) });
      const rest = all.subarray(this.#needs);
      this.#parts = rest.length === 0 ? [] : [rest];
      this.#size = rest.length;
      this.#needs = HEAD_BYTES;
    }
    return frames;
  }
}
