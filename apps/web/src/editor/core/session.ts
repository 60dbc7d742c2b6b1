import type { ClipboardContent, NodeTypeCatalog, NodeTypeInfo, Problem } from '@millwright/workflow';
import type { DraftStore } from './document/draft-store.ts';
import type { Arrange } from './graph/arrange/tidy-graph.ts';
import type { Box, Point } from './graph/geometry.ts';
import type { Announcement } from './state/announcement.ts';
import type { DraftChange } from './document/changes.ts';
import type { ComparisonStore } from './state/comparison-store.ts';
import type { PresencePort } from './state/presence-store.ts';
import type { InterfaceStore } from './state/interface-store.ts';
import type { OverlayStore } from './state/overlay-store.ts';

/** The middle of the window on the canvas, and its zoom. */
export interface CameraView extends Point {
  readonly zoom: number;
}

/** What the editor asks of whatever draws the graph. Positions are canvas px. */
export interface Camera {
  readonly zoomTo: (zoom: number) => void;
  readonly zoomBy: (factor: number) => void;
  readonly fitAll: () => void;
  readonly fitNodes: (nodeIds: readonly string[]) => void;
  /** Moves the middle of the window to a place, at a zoom. */
  readonly lookAt: (view: CameraView) => void;
  /** Brings all of these into view, where they are not. */
  readonly revealAll: (nodeIds: readonly string[]) => void;
  /** Pans as little as needed until the card is in view. */
  readonly reveal: (nodeId: string) => void;
  /** Moves the middle of the window to a place at once, at the zoom that it has. */
  readonly panTo: (point: Point) => void;
  readonly center: () => Point;
  /** What is in view, canvas px. */
  readonly visible: () => Box;
  /** Calls back when the view or the window changed; returns how to stop. */
  readonly onView: (listener: () => void) => () => void;
  /** Where a point of the canvas is in the window, px. */
  readonly toScreen: (point: Point) => Point;
  /** Where a point of the window is on the canvas. */
  readonly toCanvas: (point: Point) => Point;
  /** Where the pointer is over the canvas; null when it is elsewhere. */
  readonly pointer: () => Point | null;
  /** Gives the keyboard to the canvas. */
  readonly focus: () => void;
}

/** The clipboard of the computer. */
export interface ClipboardPort {
  readonly write: (text: string) => void;
  /** Null where the browser does not let us read. */
  readonly read: () => Promise<string | null>;
}

/** Keeps what stands in a field before the draft has it, so that it survives a killed tab. */
export interface TypedPort {
  /** @param field unique on this page */
  readonly keep: (field: string, changes: readonly DraftChange[]) => void;
  readonly forget: (field: string) => void;
}

/** Puts a graph in order, away from the page. */
export interface Arranger {
  readonly arrange: Arrange;
  /** Gives up what is under way, and all that it holds. */
  readonly stop: () => void;
}

/** What leaves the editor: the page does it, actions only ask. */
export interface EditorRequests {
  readonly startRun: () => void;
  /** Ids of the connections that this person may use; null where that cannot be known now. */
  readonly usableCredentials?: () => Promise<ReadonlySet<string> | null>;
  /** Steps at an address, fetched by the server; null where there are none, which was told. */
  readonly fetchSteps?: (address: string) => Promise<ClipboardContent | null>;
  /** Puts the steps of a called workflow where it is called. */
  readonly inlineCall?: (session: EditorSession, callId: string) => Promise<void>;
  /** Shows a text where everybody sees it: what went wrong by no fault of the draft. */
  readonly tell?: (key: string, values: Readonly<Record<string, string | number>>) => void;
  /** Leaves for the history of versions; absent where it makes no sense, as at a past run. */
  readonly openVersions?: () => void;
}

/**
 * One opened editor: everything that a user action may touch. A read-only session (a past run, a viewer)
 * has the same shape; actions that change the draft are disabled there.
 */
export interface EditorSession {
  readonly workflowId: string;
  readonly isReadOnly: boolean;
  readonly draft: DraftStore;
  readonly catalog: NodeTypeCatalog;
  readonly ui: InterfaceStore;
  /** Data of a run on the cards; empty while a draft is edited. */
  readonly overlay: OverlayStore;
  /** Absent unless two states are compared on the canvas. */
  readonly comparison?: ComparisonStore;
  /** The canvas puts itself here while it is mounted. */
  readonly camera: { current: Camera | null };
  readonly clipboard: ClipboardPort;
  readonly requests: EditorRequests;
  /** Begins putting steps in order; absent where nothing can be moved. */
  readonly createArranger?: () => Arranger;
  /** Others on the same draft; absent where nobody else can be, as at a past run. */
  readonly presence?: PresencePort;
  /** Absent where nothing can be typed. */
  readonly typed?: TypedPort;
  /** What is wrong with the draft, as last checked. */
  readonly problems: () => readonly Problem[];
  readonly say: (announcement: Announcement) => void;
  /** Title of a node type in the language of the interface. */
  readonly titleOf: (info: NodeTypeInfo) => string;
}
