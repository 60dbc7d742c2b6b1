import { errorItem, withError } from './items.ts';
import { Sections } from './sections.ts';
import { isWithin, orEmpty, type ModelError, type ModelNodeRun, type ModelScope, type Undoing } from './state.ts';

/** What a failure does: it stops what is beside it, undoes what was done, and goes outwards (README of the engine). */
export abstract class Failures extends Sections {
  protected undoings: Undoing[] = [];

  /** The run as a whole has failed. */
  protected abstract runFails(error: ModelError): void;

  /** What was done while something was undone is not undone in turn. */
  protected undone(scope: ModelScope): void {
    scope.isOver = true;
    this.sections = this.sections.filter(({ holder }) => !isWithin(holder, scope));
    for (const one of this.undoings) one.open.delete(scope);
  }

  /** What a failure does to its surroundings: all else in them stops, what was done is undone, then it goes outwards. */
  protected fail(scope: ModelScope, error: ModelError): void {
    if (this.undoings.some((one) => one.scope === scope)) return;
    // Of a map that stops, all that its items did is undone, the last first, whichever item it was that failed.
    if (scope.phase === 'each' && scope.owner !== null && scope.owner.node.parameters['onItemError'] !== 'collect')
      return this.mapFails(scope.owner, error);
    const within = (one: ModelScope | null): boolean => one === scope || (one !== null && within(one.parent));
    // Undoing that has begun inside goes on as part of this.
    const inner = this.undoings.filter((one) => one.scope !== scope && within(one.scope));
    this.undoings = this.undoings.filter((one) => !inner.includes(one));
    const open = new Set(inner.flatMap((one) => [...one.open]));
    this.clear(scope, this.#whatIsIn(open));
    this.undoings.push({ scope, error, open });
    for (const section of this.sections) if (within(section.holder)) section.holder = scope;
  }

  /** Stops everything in a scope but what is kept. */
  protected clear(scope: ModelScope, kept: ReadonlySet<ModelScope> = new Set()): void {
    for (const one of this.scopes) {
      if (!isWithin(one, scope) || kept.has(one)) continue;
      one.arrivals.clear();
      one.loops.clear();
      if (one !== scope) one.isOver = true;
    }
    for (const run of this.nodeRuns) {
      const isOpen = run.status === 'queued' || run.status === 'underWay' || run.status === 'open';
      if (isOpen && isWithin(run.scope, scope) && !kept.has(run.scope)) run.status = 'canceled';
    }
    const left = this.stack.filter((run) => run.status === 'queued');
    this.stack.splice(0, this.stack.length, ...left);
  }

  /** The next thing to undo, or where the failure goes when nothing is left. */
  protected undoNext(): boolean {
    for (const undoing of this.undoings) {
      if (undoing.open.size > 0) continue;
      const section = this.sections.findLast((one) => one.holder === undoing.scope);
      if (section !== undefined) {
        this.sections = this.sections.filter((one) => one !== section);
        const scope = this.scope(section.run.id, section.run, { parent: undoing.scope, index: -1, phase: 'undo' });
        undoing.open.add(scope);
        this.phase(scope, 'undo', orEmpty(section.given));
        return true;
      }
      this.undoings = this.undoings.filter((one) => one !== undoing);
      this.failed(undoing.scope, undoing.error);
      return true;
    }
    return false;
  }

  /** A scope has failed, and is as if it had not been. */
  protected failed(scope: ModelScope, error: ModelError): void {
    const run = scope.owner;
    const [code = ''] = error.codes;
    if (run === null) {
      return this.runFails(error);
    }
    switch (scope.phase) {
      case 'undo':
        return this.undone(scope);
      case 'each':
        scope.isOver = true;
        run.results[scope.index] = [errorItem(code, (run.inputs['main'] ?? []).slice(scope.index, scope.index + 1))];
        return this.openItems(run);
      case 'try':
        if (this.graph.from(run.node.id, 'catch').length === 0) break;
        scope.collected.length = 0;
        return this.phase(
          scope,
          'catch',
          (run.inputs['main'] ?? []).map((item) => withError(item, code)),
        );
      default:
        break;
    }
    if (scope.phase === 'try' || scope.phase === 'catch') {
      run.pending = error;
      if (
        this.atLast(
          scope,
          (run.inputs['main'] ?? []).map((item) => withError(item, code)),
        )
      )
        return;
    }
    scope.isOver = true;
    this.containerFails(run, error);
  }

  /** The first item that fails stops the others; what they did is undone too. */
  protected mapFails(run: ModelNodeRun, error: ModelError): void {
    const within = (one: ModelScope | null): boolean => one !== null && (one.owner === run || within(one.parent));
    const undoing = this.undoings.filter((one) => within(one.scope));
    const undone = new Set(undoing.flatMap((one) => [...one.open]));
    const open = this.scopes.filter((one) => one.owner === run && !one.isOver);
    for (const one of open) this.clear(one, this.#whatIsIn(undone));
    for (const one of open) one.isOver = true;
    const inside = this.whole(run);
    this.undoings = this.undoings.filter((one) => !undoing.includes(one));
    for (const section of this.sections) if (within(section.holder)) section.holder = inside;
    this.undoings.push({ scope: inside, error, open: undone });
  }

  /** Undoing that has begun goes on: these and all that happens in them. */
  #whatIsIn(open: ReadonlySet<ModelScope>): ReadonlySet<ModelScope> {
    return new Set(this.scopes.filter((each) => [...open].some((one) => isWithin(each, one))));
  }
}
