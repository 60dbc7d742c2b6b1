import { CONTAINERS } from './graph.ts';
import { errorItem, withError, type ModelItem } from './items.ts';
import { always } from './node-work.ts';
import { orEmpty, type ModelError, type ModelNodeRun, type ModelScope, type Section } from './state.ts';
import { Walk } from './walk.ts';

/** Containers: what goes in, what comes out, what is remembered (README of the engine). */
export abstract class Sections extends Walk {
  protected sections: Section[] = [];

  /** A failure reaches a scope. */
  protected abstract fail(scope: ModelScope, error: ModelError): void;

  /** Nothing is left to do. */
  protected abstract succeed(): void;

  /** The inside of what is undone is over. */
  protected abstract undone(scope: ModelScope): void;

  protected begin(run: ModelNodeRun): void {
    if (run.node.settings.disabled) {
      const list = Object.values(run.inputs).find((one) => one.length > 0) ?? [];
      const [first = 'main'] = this.graph.outputs(run.node);
      this.begun.push(run.id);
      return this.over(run, 'skipped', { [first]: list });
    }
    this.begun.push(run.id);
    if (CONTAINERS[run.node.type] === undefined) run.status = 'underWay';
    else this.open(run);
  }

  /** Opens a container. */
  protected open(run: ModelNodeRun): void {
    run.status = 'open';
    const items = run.inputs['main'] ?? [];
    if (run.node.type !== 'core.map') return this.enter(run, items, { phase: run.node.type === 'core.try' ? 'try' : 'do', index: -1 });
    run.results = items.map(() => []);
    this.openItems(run);
  }

  protected openItems(run: ModelNodeRun): void {
    const items = run.inputs['main'] ?? [];
    const window = this.graph.isSequential ? 1 : Number(run.node.parameters['window'] ?? 10);
    const isOpen = (): number => this.scopes.filter((one) => one.owner === run && !one.isOver).length;
    while (run.status === 'open' && run.nextItem < items.length && isOpen() < window) {
      const index = run.nextItem++;
      this.enter(run, items.slice(index, index + 1), { phase: 'each', index });
    }
    if (run.status === 'open' && run.nextItem >= items.length && isOpen() === 0) this.containerDone(run, run.results.flat());
  }

  /** Items go in through an inner port. */
  protected enter(
    run: ModelNodeRun,
    items: readonly ModelItem[],
    { phase, index }: { readonly phase: string; readonly index: number },
  ): void {
    const id = `${run.id}${index < 0 ? '' : `#${index}`}`;
    const scope = this.scope(id, run, { parent: run.scope, index, phase });
    this.phase(scope, phase, items);
  }

  protected phase(scope: ModelScope, phase: string, items: readonly ModelItem[]): void {
    const run = scope.owner;
    if (run === null) return;
    scope.phase = phase;
    const next: ModelNodeRun[] = [];
    for (const edge of this.graph.from(run.node.id, phase)) next.push(...this.arrive(scope, edge, { items, by: `${scope.id}:${phase}` }));
    this.schedule(next);
  }

  /** A container gives what reached its end. */
  protected containerDone(run: ModelNodeRun, items: readonly ModelItem[]): void {
    const outputs = always(run.node, ['main'], { lists: { main: items }, inputs: run.inputs });
    const given = outputs['main'] ?? [];
    for (const section of this.sections) if (section.holder.id === `${run.id}#all`) section.holder = run.scope;
    if (run.node.type === 'core.compensate' && this.graph.from(run.node.id, 'undo').length > 0)
      this.sections.push({ run, given, holder: run.scope });
    this.over(run, 'succeeded', outputs);
  }

  protected containerFails(run: ModelNodeRun, error: ModelError): void {
    const items = run.inputs['main'] ?? [];
    const [code = ''] = error.codes;
    switch (run.node.settings.onError) {
      case 'continue':
        return this.over(run, 'failed', { main: [errorItem(code, items)] });
      case 'branch':
        return this.over(run, 'failed', { error: items.map((item) => withError(item, code)) });
      case 'stop':
        run.status = 'failed';
        return this.fail(run.scope, error);
    }
  }

  /** Nothing happens in a scope any more. */
  protected close(scope: ModelScope): void {
    const { owner: run, phase, collected } = scope;
    if (run === null) {
      scope.isOver = true;
      return this.succeed();
    }
    if (phase === 'undo') return this.undone(scope);
    if (phase === 'try' || phase === 'catch') run.results = [[...collected]];
    if ((phase === 'try' || phase === 'catch') && this.atLast(scope, run.results.flat())) return;
    this.leave(scope);
    if (phase === 'each') {
      run.results[scope.index] = [...collected];
      return this.openItems(run);
    }
    if (run.pending !== undefined) return this.containerFails(run, run.pending);
    this.containerDone(run, phase === 'do' ? [...collected] : run.results.flat());
  }

  /** A map as a whole: holds what its items did until it is over. */
  protected whole(run: ModelNodeRun): ModelScope {
    const id = `${run.id}#all`;
    const known = this.scopes.find((one) => one.id === id);
    if (known !== undefined) return known;
    const made = this.scope(id, run, { parent: run.scope, index: -1, phase: 'all' });
    made.isOver = true;
    return made;
  }

  /** What was done in a scope that ended well belongs to what is around it. */
  protected leave(scope: ModelScope): void {
    scope.isOver = true;
    const around = scope.phase === 'each' && scope.owner !== null ? this.whole(scope.owner) : scope.parent;
    for (const section of this.sections) if (section.holder === scope && around !== null) section.holder = around;
  }

  protected atLast(scope: ModelScope, items: readonly ModelItem[]): boolean {
    const run = scope.owner;
    if (run === null || this.graph.from(run.node.id, 'finally').length === 0) return false;
    scope.collected.length = 0;
    this.phase(scope, 'finally', orEmpty(items));
    return true;
  }
}
