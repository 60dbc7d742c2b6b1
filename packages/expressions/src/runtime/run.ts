import type { DateTime } from 'luxon';
import { limitError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import { maxCallDepth } from '../limits.ts';
import type { ExpressionScope } from '../scope.ts';
import type { Profile } from '../profile.ts';
import { partOf } from '../parts/parts.ts';
import type { Lambda, Value } from './value.ts';

/** One evaluation: what it may reach and what it has left to spend. */
export class Run {
  readonly scope: ExpressionScope;
  readonly limits: Limits;
  /** The n8n profile: JavaScript's conversions instead of errors. */
  readonly isLoose: boolean;
  #owned: WeakSet<object> | undefined;
  #fuel: number;
  #depth = 0;
  #now: DateTime | undefined;
  #today: DateTime | undefined;
  /** What the expression threw last, for `catch`: an error says only that it did. */
  thrown: Value;

  constructor(scope: ExpressionScope, limits: Limits, profile: Profile = 'millwright') {
    this.scope = scope;
    this.limits = limits;
    this.#fuel = limits.fuel;
    this.isLoose = profile === 'n8n';
  }

  /**
   * Pays for work before it is done.
   * @throws ExpressionError `expression_limit` when nothing is left
   */
  spend(units: number): void {
    this.#fuel -= units;
    // Also when an amount was no number: what cannot be paid for is not done.
    if (!(this.#fuel >= 0))
      throw limitError('fuel used up', 'This expression does too much work for one item. Filter the list first, or use a Code step.');
  }

  /** Pays for a text of this length, before it is made where that is possible. */
  chargeText(length: number): void {
    if (length > this.limits.textLength)
      throw limitError(`text of ${length} characters`, `A text in an expression can have up to ${this.limits.textLength} characters.`);
    if (length > 255) this.spend(length >> 5);
  }

  /** Pays for a list of this length, before it is made. */
  chargeList(length: number): void {
    if (length > this.limits.listLength)
      throw limitError(`list of ${length} items`, `A list in an expression can have up to ${this.limits.listLength} items.`);
    this.spend(length);
  }

  /** Pays for reading operands: long texts cost what looking through them takes. */
  chargeOperands(values: readonly Value[]): void {
    for (const value of values) if (typeof value === 'string' && value.length > 255) this.spend(value.length >> 5);
  }

  /** The text, paid for. */
  text(value: string): string {
    this.chargeText(value.length);
    return value;
  }

  /** Goes into a function whose source is this deep; {@link leave} must follow. */
  enter(depth: number): void {
    this.#depth += depth;
    if (this.#depth > maxCallDepth)
      throw limitError(
        'functions call each other too deeply',
        'A function in an expression cannot call itself. Use map, filter or reduce.',
      );
  }

  leave(depth: number): void {
    this.#depth -= depth;
  }

  /** How deep functions run, to go back to where an error is caught. */
  get depth(): number {
    return this.#depth;
  }

  /** Goes back to a depth read before. */
  backTo(depth: number): void {
    this.#depth = depth;
  }

  /** Marks a list or object as made by this evaluation: only those may be changed. */
  own<T extends object>(made: T): T {
    // A weak set keeps the collector busy.
    this.spend(4);
    this.#owned ??= new WeakSet();
    this.#owned.add(made);
    return made;
  }

  /** Whether a list or object was made by this evaluation. */
  owns(value: object): boolean {
    return this.#owned?.has(value) === true;
  }

  /** Calls a function of the expression. */
  call(lambda: Lambda, args: readonly Value[]): Value {
    this.spend(1);
    return lambda.invoke(args);
  }

  /** `$today`: the same for the whole evaluation. */
  today(): DateTime {
    this.#today ??= this.now().startOf('day');
    return this.#today;
  }

  /** `$now`: the same for the whole evaluation. */
  now(): DateTime {
    this.#now ??= partOf('dates').fromMillis(this.scope.nowMs, this.scope.timezone);
    return this.#now;
  }
}

/** The variables of one call of a function; the outermost has none. */
export interface Frame {
  readonly run: Run;
  readonly slots: Value[];
  readonly parent: Frame | undefined;
}
