import { z } from 'zod';

/** Bounds of what one page may tell the others about itself. */
export const PRESENCE_LIMITS = {
  /** Steps that are named as chosen, and steps that are shown while they are dragged. */
  nodes: 200,
  /** Times a second that a moving pointer, a drag or a moving camera is told. */
  perSecond: 20,
} as const;

const id = z.string().min(1).max(64);
const place = z.number().min(-1e7).max(1e7);

/** What a page tells about the person in front of it: ids and places, never content. */
const presenceShape = {
  /** The pointer over the canvas, canvas px; null when it rests or is elsewhere. */
  cursor: z.tuple([place, place]).nullable().catch(null),
  /** Steps that are chosen. */
  nodes: z.array(id).max(PRESENCE_LIMITS.nodes).readonly().catch([]),
  /** The field that has the keyboard, and whether something is typed there right now. */
  field: z
    .object({ nodeId: id, field: z.string().min(1).max(120), isTyping: z.boolean() })
    .nullable()
    .catch(null),
  /** Steps under the pointer of a drag and where they are now, canvas px; the document gets them with the drop. */
  drag: z
    .array(z.tuple([id, place, place]))
    .max(PRESENCE_LIMITS.nodes)
    .readonly()
    .nullable()
    .catch(null),
  /** The middle of the window on the canvas, and its zoom. */
  view: z
    .object({ x: place, y: place, zoom: z.number().min(0.01).max(10) })
    .nullable()
    .catch(null),
};

const presenceSchema = z.object(presenceShape);

const peerSchema = z.object({
  ...presenceShape,
  user: z.object({ id: z.string().min(1).max(64), name: z.string().min(1).max(200), canEdit: z.boolean() }),
});

/** What a page tells the others. */
export type Presence = z.infer<typeof presenceSchema>;
/** Another page, with the person whom the server found at it. */
export type Peer = z.infer<typeof peerSchema>;

/** A page that has told nothing yet. */
export const ABSENT: Presence = { cursor: null, nodes: [], field: null, drag: null, view: null };

/** What a page says about itself, with each part that makes no sense left out; the person it claims to be is not read. */
export function readPresence(state: unknown): Presence {
  const parsed = presenceSchema.safeParse(state);
  return parsed.success ? parsed.data : ABSENT;
}

/** Another page as the server passed it on; null for one that no person stands for. */
export function readPeer(state: unknown): Peer | null {
  const parsed = peerSchema.safeParse(state);
  return parsed.success ? parsed.data : null;
}
