import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isJsonObject } from '@millwright/core';

/** File beside a connector's package.json with what its suite last proved; `npm run connectors` writes it. */
export const PROOF_FILE = 'proof.json';

/**
 * How well a connector is proved (connectors.md §5). `live`: against a real server. `contract`: every request is accepted by the service's own
 * description. `ownContract`: by one that was written from its public reference. `none`: not.
 */
export type ProofBadge = 'live' | 'contract' | 'ownContract' | 'none';

/** What a connector's suite proved. */
export interface Proof {
  readonly badge: ProofBadge;
  /** Of the seven scenarios of connectors.md §5: those that passed. */
  readonly scenariosPassed: number;
  /** Those that this connector has something for. */
  readonly scenariosApplicable: number;
  /** Requests of actions' examples that the description accepted. */
  readonly contractRequests: number;
  /** The vendor's own stand-in that its suite ran against, too. Absent: none, or it was not there. */
  readonly standIn?: string;
}

/** A connector in the catalog. */
export interface ConnectorSummary extends Proof {
  readonly key: string;
  readonly title: string;
  /** How many. */
  readonly actions: number;
  /** How many. */
  readonly triggers: number;
}

const UNPROVED: Proof = { badge: 'none', scenariosPassed: 0, scenariosApplicable: 0, contractRequests: 0 };
const BADGES: ReadonlySet<unknown> = new Set<ProofBadge>(['live', 'contract', 'ownContract', 'none']);

function count(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : 0;
}

/** Reads what a package's suite last proved; unproved where the file is absent or not one of ours. */
export async function readProof(dir: string): Promise<Proof> {
  const text = await readFile(path.join(dir, PROOF_FILE), 'utf8').catch(() => 'null');
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    return UNPROVED;
  }
  if (!isJsonObject(json) || !BADGES.has(json['badge'])) return UNPROVED;
  return {
    badge: json['badge'] as ProofBadge,
    scenariosPassed: count(json['scenariosPassed']),
    scenariosApplicable: count(json['scenariosApplicable']),
    contractRequests: count(json['contractRequests']),
    ...(typeof json['standIn'] === 'string' ? { standIn: json['standIn'] } : {}),
  };
}
