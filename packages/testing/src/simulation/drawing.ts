import type { JsonObject } from '@millwright/core';
import type { WorkflowDocumentInput } from '@millwright/workflow';
import type { SeededRandom } from './random.ts';

type NodeInput = NonNullable<WorkflowDocumentInput['nodes']>[number];
type EdgeInput = NonNullable<WorkflowDocumentInput['edges']>[number];

/** An output from which nothing leads yet. */
export interface OpenEnd {
  readonly from: string;
  readonly output: string;
}

/** Where something is drawn. */
export interface Place {
  readonly parent: string | null;
  /** Sections and loops around it. */
  readonly depth: number;
  /** On a cycle: nothing may multiply. */
  readonly isCyclic: boolean;
}

/** What is drawn, by and by. */
export class Drawing {
  readonly nodes: NodeInput[] = [];
  readonly edges: EdgeInput[] = [];
  readonly #random: SeededRandom;
  readonly #taken = new Set<string>();

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** Adds a node at a place on the canvas where no other is; its id. */
  node(type: string, parent: string | null, parameters: JsonObject = {}, settings: JsonObject = {}): string {
    const id = this.nodes.length === 0 ? 't' : `n${this.nodes.length}`;
    this.nodes.push({
      id,
      name: `Node ${id}`,
      type,
      version: 1,
      position: this.#position(),
      parent,
      ...({ parameters, settings } as Pick<NodeInput, 'parameters' | 'settings'>),
    });
    return id;
  }

  edge({ from, output }: OpenEnd, to: string, input = 'main'): void {
    const isThere = this.edges.some((one) => one.from === from && one.output === output && one.to === to && one.input === input);
    if (!isThere) this.edges.push({ from, output, to, input });
  }

  /** Targets run top to bottom, then left to right: so places are drawn by lot. */
  #position(): [number, number] {
    for (;;) {
      const [x, y] = [this.#random.int(12), this.#random.int(8)];
      if (this.#taken.has(`${x}:${y}`) && this.#taken.size < 96) continue;
      this.#taken.add(`${x}:${y}`);
      return [x * 120, y * 90];
    }
  }
}
