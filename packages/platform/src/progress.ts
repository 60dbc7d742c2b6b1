/** Where progress is shown: a terminal's stream, or anything that takes text. */
export interface ProgressTarget {
  readonly write: (text: string) => unknown;
  /** True for a terminal: the current line is then redrawn in place. */
  readonly isTTY?: boolean;
}

/** Says how far a stage is, such as `62 %` or `compiling`. */
export type ProgressNote = (note: string) => void;

/** Shows what takes long, and how long. */
export interface Progress {
  /**
   * Runs one stage. Stages of up to a second stay unmentioned; later ones show their label, last note and elapsed time.
   * Stages may overlap.
   */
  readonly stage: <T>(label: string, work: (note: ProgressNote) => Promise<T>) => Promise<T>;
}

interface Stage {
  readonly label: string;
  readonly startedMs: number;
  note: string;
  saidMs: number;
}

const SHOWN_AFTER_MS = 1_000;
const REPEAT_WITHOUT_TERMINAL_MS = 10_000;

const seconds = (ms: number): string =>
  ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;

class TerminalProgress implements Progress {
  readonly #target: ProgressTarget;
  readonly #running = new Set<Stage>();
  #timer: NodeJS.Timeout | undefined;

  constructor(target: ProgressTarget) {
    this.#target = target;
  }

  readonly stage = async <T>(label: string, work: (note: ProgressNote) => Promise<T>): Promise<T> => {
    const stage: Stage = { label, startedMs: performance.now(), note: '', saidMs: -Infinity };
    this.#running.add(stage);
    this.#timer ??= setInterval(() => {
      this.#tick();
    }, 200).unref();
    try {
      const result = await work((note) => {
        stage.note = note;
      });
      this.#end(stage, 'done');
      return result;
    } catch (thrown) {
      this.#end(stage, 'failed');
      throw thrown;
    }
  };

  #tick(): void {
    const nowMs = performance.now();
    const shown = [...this.#running].filter((stage) => nowMs - stage.startedMs >= SHOWN_AFTER_MS);
    if (shown.length === 0) return;
    if (this.#target.isTTY === true) {
      const line = shown.map((stage) => describe(stage, nowMs)).join(' · ');
      this.#target.write(`\r\u001B[2K${line.slice(0, 110)}`);
      return;
    }
    for (const stage of shown.filter(({ saidMs }) => nowMs - saidMs >= REPEAT_WITHOUT_TERMINAL_MS)) {
      stage.saidMs = nowMs;
      this.#target.write(`${describe(stage, nowMs)}\n`);
    }
  }

  #end(stage: Stage, outcome: 'done' | 'failed'): void {
    this.#running.delete(stage);
    if (this.#running.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    const tookMs = performance.now() - stage.startedMs;
    if (tookMs < SHOWN_AFTER_MS) return;
    const clear = this.#target.isTTY === true ? '\r\u001B[2K' : '';
    this.#target.write(`${clear}${stage.label}: ${outcome} after ${seconds(tookMs)}\n`);
  }
}

function describe(stage: Stage, nowMs: number): string {
  return `${stage.label}${stage.note === '' ? '' : ` (${stage.note})`} … ${seconds(nowMs - stage.startedMs)}`;
}

/** Progress on a terminal (one line, redrawn) or in a log (a line now and then). */
export function createProgress(target: ProgressTarget): Progress {
  return new TerminalProgress(target);
}
