import type { Edge } from '@millwright/workflow';
import type { CurlSecret } from '@millwright/workflow/curl';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Point } from '../graph/geometry.ts';
import type { Placement } from '../graph/placement.ts';
import { IDLE, type Gesture } from './gestures.ts';

/** How much of a card is drawn, by zoom. */
export type DetailLevel = 'full' | 'title' | 'block';

/** Why the picker is open. */
export interface PickerRequest {
  readonly placement: Placement;
  /** Where on the canvas; null: in the middle of the window. */
  readonly at: Point | null;
  /** Offer only triggers. */
  readonly triggersOnly?: boolean;
}

/** What a context menu belongs to. */
export type MenuTarget =
  | { readonly kind: 'node'; readonly nodeId: string }
  | { readonly kind: 'edge'; readonly edge: Edge }
  | { readonly kind: 'pane'; readonly at: Point };

/** State of the interface: never saved with the document, never in its history. */
export interface InterfaceState {
  readonly selectedNodes: ReadonlySet<string>;
  /** Keys of edges, as the draft has them. */
  readonly selectedEdges: ReadonlySet<string>;
  /** The step that the keyboard is at. */
  readonly focusedNode: string | null;
  readonly gesture: Gesture;
  /** The frame that dragged steps would be dropped into, where it is another than now; null for none. */
  readonly dropFrame: string | null;
  /** A frame whose size is being dragged, canvas px. */
  readonly resizing: { readonly nodeId: string; readonly size: readonly [number, number] } | null;
  readonly picker: PickerRequest | null;
  readonly menuTarget: MenuTarget | null;
  readonly drawer: 'data' | 'problems' | 'runs' | null;
  readonly dialog: 'publish' | 'shortcuts' | 'palette' | 'testEvent' | 'settings' | 'removeFrame' | null;
  readonly isInspectorOpen: boolean;
  readonly renaming: string | null;
  /** A field that asked for the focus; `number` grows with each request. */
  readonly wantedField: { readonly nodeId: string; readonly field: string; readonly number: number } | null;
  /** Secrets of a pasted command, the one that can sign first: kept for this page only, until they are connected or thrown away. */
  readonly pastedSecrets: { readonly nodeId: string; readonly secrets: readonly CurlSecret[]; readonly host: string } | null;
  /** A command that could not be read, and why; `nodeId` null: it was pasted onto the canvas. */
  readonly pasteFault: { readonly nodeId: string | null; readonly line: number; readonly column: number; readonly message: string } | null;
  readonly level: DetailLevel;
  /** Fields with typed text that the document does not have yet. */
  readonly typing: number;
}

/** The store of {@link InterfaceState}. */
export type InterfaceStore = StoreApi<InterfaceState>;

const NONE: ReadonlySet<string> = new Set();

/** A store with nothing selected and nothing open. */
export function createInterfaceStore(): InterfaceStore {
  return createStore<InterfaceState>(() => ({
    selectedNodes: NONE,
    selectedEdges: NONE,
    focusedNode: null,
    gesture: IDLE,
    dropFrame: null,
    resizing: null,
    picker: null,
    menuTarget: null,
    drawer: null,
    dialog: null,
    isInspectorOpen: true,
    renaming: null,
    wantedField: null,
    pastedSecrets: null,
    pasteFault: null,
    level: 'full',
    typing: 0,
  }));
}

/** Selects exactly these nodes; the last one gets the keyboard. */
export function selectNodes(ui: InterfaceStore, nodeIds: readonly string[]): void {
  ui.setState({ selectedNodes: new Set(nodeIds), selectedEdges: NONE, focusedNode: nodeIds.at(-1) ?? ui.getState().focusedNode });
}

/** Selects exactly this edge. */
export function selectEdge(ui: InterfaceStore, key: string): void {
  ui.setState({ selectedNodes: NONE, selectedEdges: new Set([key]) });
}

/** The one selected node; null for none or several. */
export function soleSelection(state: InterfaceState): string | null {
  const [first] = state.selectedNodes;
  return state.selectedNodes.size === 1 && first !== undefined ? first : null;
}

/** Opens the inspector at a field of a node and asks for the focus there. */
export function showField(ui: InterfaceStore, nodeId: string, field: string): void {
  selectNodes(ui, [nodeId]);
  ui.setState({ isInspectorOpen: true, wantedField: { nodeId, field, number: (ui.getState().wantedField?.number ?? 0) + 1 } });
}

/** Drops what is gone from the document out of the selection. */
export function forgetGone(ui: InterfaceStore, alive: ReadonlySet<string>): void {
  const state = ui.getState();
  const kept = [...state.selectedNodes].filter((id) => alive.has(id));
  const focusedNode = state.focusedNode !== null && alive.has(state.focusedNode) ? state.focusedNode : null;
  if (kept.length !== state.selectedNodes.size || focusedNode !== state.focusedNode)
    ui.setState({ selectedNodes: new Set(kept), focusedNode });
}
