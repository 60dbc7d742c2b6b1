import { codeError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { CodeCall, CodeData, CodeItem } from '../types.ts';

/** Only what the code may see of an item. */
const seen = ({ json, files, error }: CodeItem): CodeItem => ({
  json,
  ...(files === undefined ? {} : { files }),
  ...(error === undefined ? {} : { error }),
});

/**
 * A call as the body of a frame: the length of the head, the head, then items, data and nodes.
 * @param walls whether Node's own modules may be loaded behind them
 * @throws UserError `code_out_of_memory` when the input is larger than a call may be
 */
export function encodeCall(call: CodeCall, walls: { readonly builtins: boolean }): readonly Buffer[] {
  const { nodes = {}, ...data } = call.data as CodeData;
  const texts = [call.items.map(seen), data, nodes].map((part) => Buffer.from(JSON.stringify(part)));
  const { language, mode, source, packages = [] } = call;
  const head = Buffer.from(JSON.stringify({ language, mode, source, packages, ...walls, sizes: texts.map(({ length }) => length) }));
  const size = texts.reduce((sum, { length }) => sum + length, head.length);
  if (size > LIMITS.inputBytes)
    throw codeError('code_out_of_memory', `The items have ${size} bytes; code takes at most ${LIMITS.inputBytes}`);
  const headSize = Buffer.alloc(4);
  headSize.writeUInt32BE(head.length, 0);
  return [headSize, head, ...texts];
}
