import type { Problem } from '@millwright/workflow';
import { createContext, useContext, useMemo } from 'react';

/** Something wrong in the sources of a step's type, on a machine of a developer. */
export interface SourceFault {
  readonly message: string;
  /** `nodes/acme/src/index.ts:12:5`. */
  readonly place: string;
  /** Text of that line; may be empty. */
  readonly source: string;
}

type FaultMap = ReadonlyMap<string, readonly SourceFault[]>;

const NO_FAULTS: readonly SourceFault[] = [];
const EMPTY: FaultMap = new Map();

/** Faults in sources by step. */
export const SourceFaultsContext = createContext<FaultMap>(EMPTY);

/** The faults among the problems of a draft, by step. */
export function sourceFaultsIn(problems: readonly Problem[]): readonly (readonly [string, readonly SourceFault[]])[] {
  const found = new Map<string, SourceFault[]>();
  for (const { code, nodeId, values } of problems) {
    if (code !== 'node_source_fault' || nodeId === undefined) continue;
    const fault = {
      message: String(values?.['message'] ?? ''),
      place: String(values?.['place'] ?? ''),
      source: String(values?.['source'] ?? ''),
    };
    found.set(nodeId, [...(found.get(nodeId) ?? []), fault]);
  }
  return [...found];
}

/** The same map for as long as the faults are the same: cards are drawn anew only when theirs change. */
export function useSourceFaultMap(problems: readonly Problem[]): FaultMap {
  const text = JSON.stringify(sourceFaultsIn(problems));
  return useMemo(() => (text === '[]' ? EMPTY : new Map(JSON.parse(text) as [string, SourceFault[]][])), [text]);
}

/** Faults in the sources of a step's type; none where sources are not followed. */
export function useSourceFaults(nodeId: string): readonly SourceFault[] {
  return useContext(SourceFaultsContext).get(nodeId) ?? NO_FAULTS;
}
