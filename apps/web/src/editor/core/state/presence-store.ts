import { ABSENT, type Peer, PRESENCE_LIMITS, type Presence } from '@millwright/workflow/draft';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** How many colours people have. */
export const PEER_COLORS = 8;

/** A page that somebody else, or oneself, has open on the same draft: what changes at the pace of work. */
export interface OpenPage {
  /** Number of the page, unique among those that are open. */
  readonly pageId: number;
  readonly userId: string;
  readonly name: string;
  readonly canEdit: boolean;
  /** Place in the palette, from 0; the same on every screen. */
  readonly color: number;
  /** Another page of the person who looks. */
  readonly isMe: boolean;
  readonly nodes: readonly string[];
  readonly field: Peer['field'];
  /** Drags steps right now. */
  readonly isDragging: boolean;
}

/** Who is here. Changes when somebody comes, goes, chooses or types; never while somebody only moves. */
export interface PeopleState {
  readonly pages: readonly OpenPage[];
  /** Pages by the steps that are chosen or edited there. */
  readonly atNode: ReadonlyMap<string, readonly OpenPage[]>;
  /** The page whose camera this one follows. */
  readonly following: number | null;
}

/** What moves, by page: read by the canvas adapter only, which draws it without React where it can. */
export interface MotionState {
  readonly pages: ReadonlyMap<number, Pick<Peer, 'cursor' | 'drag' | 'view'>>;
  /** Where others drag steps to, by step, canvas px; null while nobody drags. */
  readonly drags: ReadonlyMap<string, readonly [number, number]> | null;
}

/** Other pages on the same draft. */
export interface PresencePort {
  readonly people: StoreApi<PeopleState>;
  readonly motion: StoreApi<MotionState>;
  /** Whether anybody would hear. */
  readonly hasOthers: () => boolean;
  /** Tells the others a part of what this page does; nothing leaves the page while nobody is there. */
  readonly tell: (part: Partial<Presence>) => void;
  readonly follow: (pageId: number | null) => void;
}

/** Whether somebody changes a step right now: has the keyboard in one of its fields, or drags it. */
export function isEditing(page: OpenPage, nodeId: string): boolean {
  return page.field?.nodeId === nodeId || (page.isDragging && page.nodes.includes(nodeId));
}

/** What carries presence to the others and back. */
export interface PresenceLine {
  readonly send: (presence: Presence) => void;
  readonly userId: string;
}

function hashOf(text: string): number {
  let hash = 0;
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return hash;
}

/** Gives each person a colour that nobody else here has, as long as there are enough; the same on every screen. */
export function colorsOf(userIds: readonly string[]): ReadonlyMap<string, number> {
  const taken = new Set<number>();
  const colors = new Map<string, number>();
  for (const userId of [...new Set(userIds)].toSorted()) {
    let color = hashOf(userId) % PEER_COLORS;
    for (let tries = 0; tries < PEER_COLORS && taken.has(color); tries++) color = (color + 1) % PEER_COLORS;
    taken.add(color);
    colors.set(userId, color);
  }
  return colors;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function nodesOf(page: OpenPage): readonly string[] {
  return page.field === null ? page.nodes : [...new Set([...page.nodes, page.field.nodeId])];
}

/** Pages by step; lists that did not change keep their identity, so that only cards that are concerned are drawn again. */
function byNode(pages: readonly OpenPage[], before: PeopleState['atNode']): PeopleState['atNode'] {
  const found = new Map<string, OpenPage[]>();
  for (const page of pages) for (const id of nodesOf(page)) found.set(id, [...(found.get(id) ?? []), page]);
  return new Map(
    [...found].map(([id, list]) => {
      const old = before.get(id);
      return [id, old?.length === list.length && list.every((page, index) => page === old[index]) ? old : list] as const;
    }),
  );
}

function pagesOf(peers: ReadonlyMap<number, Peer>, before: readonly OpenPage[], ownId: string): readonly OpenPage[] {
  const colors = colorsOf([ownId, ...[...peers.values()].map((peer) => peer.user.id)]);
  const known = new Map(before.map((page) => [page.pageId, page]));
  return [...peers]
    .map(([pageId, { user, nodes, field, drag }]): OpenPage => {
      const color = colors.get(user.id) ?? 0;
      const page = { pageId, userId: user.id, name: user.name, canEdit: user.canEdit, color, isMe: user.id === ownId };
      const next = { ...page, nodes, field, isDragging: drag !== null };
      const old = known.get(pageId);
      return old !== undefined && isSame(old, next) ? old : next;
    })
    .toSorted((a, b) => a.pageId - b.pageId);
}

function motionOf(peers: ReadonlyMap<number, Peer>, before: MotionState['pages'], drags: MotionState['drags']): MotionState {
  const pages = new Map([...peers].map(([pageId, { cursor, drag, view }]) => [pageId, { cursor, drag, view }] as const));
  const isSameDrag = pages.size === before.size && [...pages].every(([pageId, { drag }]) => drag === (before.get(pageId)?.drag ?? null));
  if (isSameDrag) return { pages, drags };
  const next = new Map([...pages.values()].flatMap(({ drag }) => (drag ?? []).map(([id, x, y]) => [id, [x, y] as const] as const)));
  return { pages, drags: next.size === 0 ? null : next };
}

/** Nobody else can be there. */
export const NOBODY: Pick<PresencePort, 'people' | 'motion'> = {
  people: createStore<PeopleState>(() => ({ pages: [], atNode: new Map(), following: null })),
  motion: createStore<MotionState>(() => ({ pages: new Map(), drags: null })),
};

/** Sends at most {@link PRESENCE_LIMITS.perSecond} times a second: at once, and the rest of a burst at its end. */
function createThrottle(send: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWaiting = false;
  const again = (): void => {
    timer = undefined;
    if (!isWaiting) return;
    isWaiting = false;
    send();
    timer = setTimeout(again, 1000 / PRESENCE_LIMITS.perSecond);
  };
  return {
    ask: (): void => {
      isWaiting = true;
      if (timer === undefined) again();
    },
    stop: (): void => clearTimeout(timer),
  };
}

/** Takes in what the line brings: who is there now. */
export type TakePeers = (peers: ReadonlyMap<number, Peer>) => void;

/** Presence of one page. @returns the port for the editor, and how the line hands in what it hears */
export function createPresence(line: PresenceLine): { readonly port: PresencePort; readonly take: TakePeers; readonly stop: () => void } {
  const people = createStore<PeopleState>(() => ({ pages: [], atNode: new Map(), following: null }));
  const motion = createStore<MotionState>(() => ({ pages: new Map(), drags: null }));
  let own: Presence = ABSENT;
  const throttle = createThrottle(() => line.send(own));
  const hasOthers = (): boolean => people.getState().pages.length > 0;
  return {
    port: {
      people,
      motion,
      hasOthers,
      tell: (part) => {
        own = { ...own, ...part };
        if (hasOthers()) throttle.ask();
      },
      follow: (pageId) => {
        if (people.getState().following !== pageId) people.setState({ following: pageId });
      },
    },
    take: (peers) => {
      const { pages: before, atNode, following } = people.getState();
      const pages = pagesOf(peers, before, line.userId);
      const isOld = pages.length === before.length && pages.every((page, index) => page === before[index]);
      const isFollowed = pages.some((page) => page.pageId === following);
      if (!isOld) people.setState({ pages, atNode: byNode(pages, atNode), following: isFollowed ? following : null });
      motion.setState(({ pages: moved, drags }) => motionOf(peers, moved, drags));
      // Who has just come knows nothing of this page yet.
      if (pages.length > before.length) throttle.ask();
    },
    stop: throttle.stop,
  };
}
