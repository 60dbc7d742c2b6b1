import type { NodeTypeCatalog, NodeTypeInfo, Problem } from '@millwright/workflow';
import type { DraftStore } from './document/draft-store.ts';
import type { Point } from './graph/geometry.ts';
import type { Announcement } from './state/announcement.ts';
import type { InterfaceStore } from './state/interface-store.ts';
import type { OverlayStore } from './state/overlay-store.ts';

/** What the editor asks of whatever draws the graph. Positions are canvas px. */
export interface Camera {
  readonly zoomTo: (zoom: number) => void;
  readonly zoomBy: (factor: number) => void;
  readonly fitAll: () => void;
  readonly fitNodes: (nodeIds: readonly string[]) => void;
  /** Pans as little as needed until the card is in view. */
  readonly reveal: (nodeId: string) => void;
  readonly center: () => Point;
  /** Where a point of the canvas is in the window, px. */
  readonly toScreen: (point: Point) => Point;
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

/** What leaves the editor: the page does it, actions only ask. */
export interface EditorRequests {
  readonly startRun: () => void;
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
  /** The canvas puts itself here while it is mounted. */
  readonly camera: { current: Camera | null };
  readonly clipboard: ClipboardPort;
  readonly requests: EditorRequests;
  /** What is wrong with the draft, as last checked. */
  readonly problems: () => readonly Problem[];
  readonly say: (announcement: Announcement) => void;
  /** Title of a node type in the language of the interface. */
  readonly titleOf: (info: NodeTypeInfo) => string;
}
