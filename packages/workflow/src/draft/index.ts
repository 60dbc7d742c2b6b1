export { coversDraft, markDraft, type DraftMark } from './draft-mark.ts';
export { draftMaps, edgeKey, type DraftMaps } from './layout.ts';
export { readDraft, readEdge, readNode } from './read.ts';
export { repairDraft, REPAIR_ORIGIN } from './repair.ts';
export { applyDocument, createDraft } from './write.ts';
