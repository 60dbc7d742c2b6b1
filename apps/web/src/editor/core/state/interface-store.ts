import type { Edge, WorkflowDocument, WorkflowNode } from '@millwright/workflow';
import type { CurlSecret } from '@millwright/workflow/curl';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Guide } from '../graph/arrange/guides.ts';
import type { Point } from '../graph/geometry.ts';
import type { Placement } from '../graph/placement.ts';
import type { PortRef } from '../graph/edges/wiring.ts';
import type { ReplaceNeeds } from '../graph/replacing/replace-needs.ts';
import type { Dropped } from '../graph/replacing/replace-step.ts';
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
  /** What is chosen takes the place of a step. */
  readonly replaces?: ReplaceNeeds;
}

/** What a context menu belongs to. */
export type MenuTarget =
  | { readonly kind: 'node'; readonly nodeId: string }
  | { readonly kind: 'edge'; readonly edge: Edge }
  | { readonly kind: 'pane'; readonly at: Point };

/** What pointer and wheel do on the canvas: a wheel zooms and dragging pans, or two fingers pan and dragging selects. */
export type PointerFeel = 'mouse' | 'trackpad';

/** Putting steps in order: going on, or why it was given up. */
export type TidyState =
  | { readonly kind: 'running'; readonly count: number }
  | { readonly kind: 'failed'; readonly reason: 'refused' | 'changed' | 'slow' };

/** What stands at the left of the canvas. */
export type LeftPanel = 'outline' | 'find';

/** State of the interface: never saved with the document, never in its history. */
export interface InterfaceState {
  /** Ids of steps, notes and sections. */
  readonly selectedNodes: ReadonlySet<string>;
  /** Keys of edges, as the draft has them. */
  readonly selectedEdges: ReadonlySet<string>;
  /** The step that the keyboard is at. */
  readonly focusedNode: string | null;
  readonly gesture: Gesture;
  /** The port that a line is being drawn from with the pointer; null for none. */
  readonly drawing: PortRef | null;
  /** The frame that dragged steps would be dropped into, where it is another than now; null for none. */
  readonly dropFrame: string | null;
  /** Key of the line that what is being dragged would go into; null for none. */
  readonly litEdge: string | null;
  /** Lines that show what a dragged card is in line with; empty while nothing is dragged. */
  readonly guides: readonly Guide[];
  readonly tidy: TidyState | null;
  /** Cards glide to their new places. */
  readonly isGliding: boolean;
  /** Sections that this person opened or collapsed; the others are as the document says. */
  readonly collapsed: ReadonlyMap<string, boolean>;
  /** Null: not chosen yet, it shows where there are few steps. */
  readonly isMinimapOpen: boolean | null;
  /** Null: not known yet. */
  readonly pointerFeel: PointerFeel | null;
  /** A step is being dragged out of the picker. */
  readonly isCarrying: boolean;
  /** What the search is at; null for nothing. */
  readonly found: { readonly nodeId: string; readonly field: string } | null;
  /** A step that has just become one of another type and lost something by it. */
  readonly replaced: { readonly before: WorkflowNode; readonly dropped: readonly Dropped[] } | null;
  /** A frame whose size is being dragged, canvas px. */
  readonly resizing: { readonly nodeId: string; readonly size: readonly [number, number] } | null;
  readonly picker: PickerRequest | null;
  readonly menuTarget: MenuTarget | null;
  /** At the left of the canvas; null: nothing. Remembered per person on this device. */
  readonly leftPanel: LeftPanel | null;
  readonly drawer: 'data' | 'problems' | 'runs' | null;
  readonly dialog: 'publish' | 'shortcuts' | 'palette' | 'testEvent' | 'settings' | 'removeFrame' | 'nameVersion' | 'extract' | null;
  readonly isInspectorOpen: boolean;
  readonly renaming: string | null;
  /** A field that asked for the focus; `number` grows with each request. */
  readonly wantedField: {
    readonly nodeId: string;
    readonly field: string;
    readonly number: number;
    /** It is shown and ringed, and the focus stays where it is. */
    readonly isQuiet?: true;
  } | null;
  /** Grows each time that the search is asked for: its field then takes the focus. */
  readonly findNumber: number;
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
/** No lines: the same list each time, so that a drag that shows none changes nothing. */
export const NO_GUIDES: readonly Guide[] = [];
const NO_CHOICES: ReadonlyMap<string, boolean> = new Map();

/** A store with nothing selected and nothing open. */
export function createInterfaceStore(): InterfaceStore {
  return createStore<InterfaceState>(() => ({
    selectedNodes: NONE,
    selectedEdges: NONE,
    focusedNode: null,
    gesture: IDLE,
    drawing: null,
    dropFrame: null,
    litEdge: null,
    isCarrying: false,
    guides: NO_GUIDES,
    tidy: null,
    isGliding: false,
    collapsed: NO_CHOICES,
    isMinimapOpen: null,
    pointerFeel: null,
    found: null,
    replaced: null,
    resizing: null,
    picker: null,
    menuTarget: null,
    leftPanel: null,
    drawer: null,
    dialog: null,
    isInspectorOpen: true,
    renaming: null,
    wantedField: null,
    findNumber: 0,
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

/** Shows sections as one card each, or opens them, for this person only. */
export function setCollapsed(ui: InterfaceStore, sectionIds: readonly string[], isCollapsed: boolean): void {
  ui.setState((state) => ({ collapsed: new Map([...state.collapsed, ...sectionIds.map((id) => [id, isCollapsed] as const)]) }));
}

/** From this many steps on the minimap shows only to who asked for it. */
const MINIMAP_STEPS = 300;

/** Whether the minimap shows: as this person chose, else where there are few steps. */
export function showsMinimap({ isMinimapOpen }: Pick<InterfaceState, 'isMinimapOpen'>, { nodes }: WorkflowDocument): boolean {
  return isMinimapOpen ?? nodes.length <= MINIMAP_STEPS;
}

/** Ids of all that can be selected in a document. */
export function aliveIn({ nodes, annotations }: WorkflowDocument): ReadonlySet<string> {
  return new Set([...nodes, ...annotations].map(({ id }) => id));
}

/** Opens the inspector at a field and rings it, without taking the focus from where it is. */
export function pointAtField(ui: InterfaceStore, nodeId: string, field: string): void {
  showField(ui, nodeId, field);
  const { wantedField } = ui.getState();
  if (wantedField) ui.setState({ wantedField: { ...wantedField, isQuiet: true } });
}

/** Drops what is gone from the document out of the selection. */
export function forgetGone(ui: InterfaceStore, alive: ReadonlySet<string>): void {
  const state = ui.getState();
  const kept = [...state.selectedNodes].filter((id) => alive.has(id));
  const focusedNode = state.focusedNode !== null && alive.has(state.focusedNode) ? state.focusedNode : null;
  if (kept.length !== state.selectedNodes.size || focusedNode !== state.focusedNode)
    ui.setState({ selectedNodes: new Set(kept), focusedNode });
}
