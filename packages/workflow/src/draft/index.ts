export { coversDraft, markDraft, type DraftMark } from './draft-mark.ts';
export { edgeEnds, edgeKey, labelledEdge } from '../edge-key.ts';
export { draftMaps, isNewerDraft, MAX_DRAFT_BYTES, type DraftMaps } from './layout.ts';
export { ABSENT, PRESENCE_LIMITS, readPeer, readPresence, type Peer, type Presence } from './presence.ts';
export { readAnnotations, readDraft, readEdge, readNode, type KnownNode } from './read.ts';
export { repairDraft, REPAIR_ORIGIN } from './repair.ts';
export { applyDocument, createDraft } from './write.ts';
