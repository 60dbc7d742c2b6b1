import {
  Ban, ChevronDown, ChevronUp, CirclePlus, ClipboardPaste, Copy, CopyPlus, Crosshair, Focus, History, Keyboard, ListTree, type LucideIcon, Maximize,
  Move, PanelRight, Pencil, Play, Redo2, Ratio, Rocket, Route, Scissors, Search, SquareDashed, Spline, Trash2, TriangleAlert, Undo2, Unlink, ZoomIn, ZoomOut,
} from 'lucide-react';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  undo: Undo2, redo: Redo2, cut: Scissors, copy: Copy, paste: ClipboardPaste, duplicate: CopyPlus, selectAll: SquareDashed, upstream: ListTree,
  downstream: Route, remove: Trash2, removeAndJoin: Unlink, add: CirclePlus, open: PanelRight, rename: Pencil, disable: Ban, connect: Spline, move: Move,
  zoomIn: ZoomIn, zoomOut: ZoomOut, zoomActual: Ratio, fitAll: Maximize, fitSelection: Focus, shortcuts: Keyboard, palette: Search, next: ChevronDown,
  previous: ChevronUp, problems: TriangleAlert, runs: History, run: Play, publish: Rocket,
};

/** The icon of a user action. */
export function ActionIcon({ name, sizePx = 16 }: { readonly name: string; readonly sizePx?: number }) {
  const Icon = ICONS[name] ?? Crosshair;
  return <Icon size={sizePx} aria-hidden="true" />;
}
