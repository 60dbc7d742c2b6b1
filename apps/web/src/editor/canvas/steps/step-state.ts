import type { JsonValue } from '@millwright/core';
import type { NodeTypeInfo, WorkflowNode } from '@millwright/workflow';
import { type Status, statusOf } from '../../../ui/states/status-glyph.tsx';
import { emptySlots } from '../../core/graph/credential-slots.ts';
import { effectiveValue, isShown, missingParameters, optionName, parametersOf } from '../../core/graph/parameters.ts';
import type { StepOverlay } from '../../core/state/overlay-store.ts';
import { parameterText, typeTitle } from '../../look/type-words.ts';

/** Longest text of the second line that is handed to the browser. */
const LINE_LENGTH = 60;

/** Status of a step in a run, or null where none is shown. */
export function stepStatus(overlay: StepOverlay | undefined): Status | null {
  return overlay ? statusOf(overlay.last.status, overlay.last.waitsFor) : null;
}

/** What matters most first: a step that failed is never hidden by others that went well. */
const BY_WEIGHT: readonly Status[] = ['failed', 'running', 'retrying', 'waiting', 'queued', 'pending', 'canceled', 'succeeded', 'skipped'];

/** How several steps stand in a run together; null where none of them has begun. */
export function joinedStatus(overlays: readonly (StepOverlay | undefined)[]): Status | null {
  const found = new Set(overlays.map(stepStatus));
  return BY_WEIGHT.find((status) => found.has(status)) ?? null;
}

/** Passes that failed although the last one did not: what the sign of the card alone would hide. */
export function failedPasses(overlay: StepOverlay | undefined): number {
  if (!overlay || overlay.last.status === 'failed') return 0;
  return overlay.runs.filter((run) => run.status === 'failed').length;
}

/** Tries of the pass that needed most of them; 0 before the first. A retry that is waited for has not been made yet. */
export function mostTries(overlay: StepOverlay | undefined): number {
  return (overlay?.runs ?? []).reduce((most, run) => Math.max(most, run.waitsFor?.kind === 'retry' ? run.attempts - 1 : run.attempts), 0);
}

/** Items that left a step, over all ports; null before the first. */
export function itemCount(overlay: StepOverlay | undefined): number | null {
  if (!overlay) return null;
  const counts = Object.values(overlay.outputCounts);
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}

function short(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value.replace(/^https?:\/\//, '').slice(0, LINE_LENGTH) : '';
}

/** The values that say most about a step: its method and address, or its first choice. */
function summary(node: WorkflowNode, info: NodeTypeInfo, language: string): string {
  const shown = parametersOf(info).filter((spec) => isShown(node, info, spec));
  const url = shown.find((spec) => spec.control === 'url');
  // What a switch does is told by its cases, whose names stand at its ports.
  const choice = info.outputsFrom ? undefined : shown.find((spec) => spec.control === 'options');
  const chosen = choice && effectiveValue(node, choice);
  const label = choice?.options.find((option) => option.value === chosen)?.label ?? '';
  const words =
    choice && chosen !== undefined && label
      ? parameterText(info, language, { path: `${choice.key}.options.${optionName(chosen)}`, english: label })
      : '';
  return [words, url ? short(effectiveValue(node, url)) : ''].filter(Boolean).join(' · ');
}

/** The second line of a card: what the step does and with what. */
export function operationLine(node: WorkflowNode, info: NodeTypeInfo | undefined, language: string): string {
  if (!info) return node.type;
  const title = typeTitle(info, language);
  const details = summary(node, info, language);
  if (node.name === title) return details || title;
  return [title, details].filter(Boolean).join(' · ');
}

/** Required fields and connections that are still empty. */
export function toFillIn(node: WorkflowNode, info: NodeTypeInfo | undefined): number {
  return missingParameters(node, info).length + emptySlots(node, info).length;
}
