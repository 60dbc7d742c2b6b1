/** Why a source cannot be read, and where: a position in the source that was given. */
export class SyntaxFault extends Error {
  readonly at: number;
  /** Position behind what is wrong. Default: one further. */
  readonly end: number;
  /** Kind of syntax that JavaScript has and this language does not, as ESTree names it. Absent: it is a mistake. */
  readonly denied: string | undefined;

  constructor(at: number, message: string, denied?: { readonly type: string; readonly end: number }) {
    super(message);
    this.at = at;
    this.end = denied?.end ?? at + 1;
    this.denied = denied?.type;
  }
}
