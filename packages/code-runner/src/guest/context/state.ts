/** An item as people see it. */
export interface GuestItem {
  json: Record<string, unknown>;
  files?: unknown;
  binary?: unknown;
  pairedItem?: unknown;
  error?: unknown;
}

/** What the roots of a call give; parsed inside the context. */
export interface GuestData {
  readonly previous?: { readonly name: string; readonly params?: Record<string, unknown>; readonly context?: Record<string, unknown> };
  readonly run?: Record<string, unknown>;
  readonly workflow?: Record<string, unknown>;
  readonly vars?: Record<string, unknown>;
  readonly env?: Record<string, unknown>;
  readonly nowMs?: number;
  readonly seed?: string | number;
  readonly itemIndex?: number;
  readonly runIndex?: number;
  readonly timezone?: string;
}

/** The call under way; one per context. */
export const state: { items: GuestItem[]; data: GuestData; nodesText: string; itemIndex: number } = {
  items: [],
  data: {},
  nodesText: '{}',
  itemIndex: 0,
};
