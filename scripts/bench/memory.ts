import { residentMbByPart, type Roots } from './processes.ts';

/** Resident memory of the parts in one moment, in MiB. */
export interface MemorySample {
  /** Where on the way it was taken: seconds, or runs so far. */
  readonly at: number;
  readonly server: number;
  readonly temporal: number;
  readonly postgres: number;
}

const PARTS = ['server', 'temporal', 'postgres'] as const;
type Part = (typeof PARTS)[number];

/** Takes one sample. Linux only. */
export function sampleMemory(roots: Roots, at: number): MemorySample {
  return { at, ...residentMbByPart(roots) };
}

/** What a part's memory did. */
export interface MemoryTrend {
  readonly part: Part;
  readonly firstMb: number;
  readonly lastMb: number;
  readonly peakMb: number;
  /** Growth after the warm-up per 1,000 of what `at` counts, by least squares, in MiB. */
  readonly slopeMbPerThousand: number;
}

/** Least squares; collections make single samples jump. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (of: 0 | 1): number => points.reduce((sum, point) => sum + point[of], 0) / Math.max(1, points.length);
  const [meanX, meanY] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
}

/**
 * How memory went after the warm-up.
 * @param warmUp samples before this are left out
 */
export function trendsOf(samples: readonly MemorySample[], warmUp: number): readonly MemoryTrend[] {
  const counted = samples.filter(({ at }) => at >= warmUp);
  return PARTS.map((part) => ({
    part,
    firstMb: Math.round(counted[0]?.[part] ?? 0),
    lastMb: Math.round(counted.at(-1)?.[part] ?? 0),
    peakMb: Math.round(Math.max(0, ...samples.map((sample) => sample[part]))),
    slopeMbPerThousand: Number((slopeOf(counted.map((sample) => [sample.at, sample[part]])) * 1000).toFixed(2)),
  }));
}

/** Trends as lines of text. */
export function trendLines(trends: readonly MemoryTrend[], unit: string): readonly string[] {
  return trends.map(
    ({ part, firstMb, lastMb, peakMb, slopeMbPerThousand }) =>
      `  ${part.padEnd(9)} ${firstMb} → ${lastMb} MiB after warm-up, peak ${peakMb}, ${slopeMbPerThousand >= 0 ? '+' : ''}${slopeMbPerThousand} MiB per 1,000 ${unit}`,
  );
}
