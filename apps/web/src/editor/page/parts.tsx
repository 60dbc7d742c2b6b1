import { type ComponentProps, type ComponentType, createElement, Suspense, useEffect, useState } from 'react';
import { fetched } from '../../ui/fetched.ts';
import { loadPasting } from '../core/actions/paste/with-pasting.ts';
import { type InterfaceState, soleSelection } from '../core/state/interface-store.ts';
import { useDocumentPart, useInterface } from '../session-context.ts';
import { loadPanelTexts } from '../texts.ts';
import { LatePart } from './late-part.tsx';
import { useLeftPanelMemory } from './left-panel/use-left-panel-memory.ts';

/** What pastes is fetched ahead, too: it is no part, but nobody is to wait for it. */
const loaders: (() => Promise<unknown>)[] = [loadPasting];

/** A part of the editor whose code is fetched when it is first needed; from then on it stays, so that it can close by itself. */
function onDemand<P extends object>(load: () => Promise<ComponentType<P>>, isNeeded: (state: InterfaceState) => boolean): ComponentType<P> {
  const withTexts = async (): Promise<ComponentType<P>> => {
    const [part] = await Promise.all([load(), loadPanelTexts()]);
    return part;
  };
  const Part = fetched(withTexts);
  loaders.push(withTexts);
  return function OnDemand(props: P) {
    const isNeededNow = useInterface(isNeeded);
    const [wasNeeded, setWasNeeded] = useState(isNeededNow);
    if (isNeededNow && !wasNeeded) setWasNeeded(true);
    // Who has closed it meanwhile does not wait for it.
    return wasNeeded ? <Suspense fallback={isNeededNow ? <LatePart /> : null}>{createElement(Part, props)}</Suspense> : null;
  };
}

const LeftPanelOnDemand = onDemand(
  async () => (await import('./left-panel/left-panel.tsx')).LeftPanel,
  (state) => state.leftPanel !== null,
);

/** At the left of the canvas; open at once where it was left open. */
export function LeftPanel(props: ComponentProps<typeof LeftPanelOnDemand>) {
  useLeftPanelMemory();
  return createElement(LeftPanelOnDemand, props);
}

/** The docked panel of the chosen step. */
export const Inspector = onDemand(
  async () => (await import('../inspector/inspector.tsx')).Inspector,
  (state) => soleSelection(state) !== null && state.isInspectorOpen,
);

/** Below the canvas. */
export const Drawer = onDemand(
  async () => (await import('./drawer.tsx')).Drawer,
  (state) => state.drawer !== null,
);

/** Choosing a step. */
export const Picker = onDemand(
  async () => (await import('../picker/picker.tsx')).Picker,
  (state) => state.picker !== null,
);

/** Publishing the draft. */
export const PublishDialog = onDemand(
  async () => (await import('./dialogs/publish-dialog.tsx')).PublishDialog,
  (state) => state.dialog === 'publish',
);

/** Naming a version. */
export const NameVersionDialog = onDemand(
  async () => (await import('./dialogs/name-version-dialog.tsx')).NameVersionDialog,
  (state) => state.dialog === 'nameVersion',
);

/** Sending a test event. */
export const TestEventDialog = onDemand(
  async () => (await import('../inspector/webhook/test-event-dialog.tsx')).TestEventDialog,
  (state) => state.dialog === 'testEvent',
);

const StartPanelWhenEmpty = fetched(async () => (await import('../picker/start-panel.tsx')).StartPanel);

/** What an empty workflow begins with. */
export function StartPanel() {
  const isEmpty = useDocumentPart(({ nodes }) => nodes.length === 0);
  return isEmpty ? <Suspense fallback={<LatePart />}>{createElement(StartPanelWhenEmpty)}</Suspense> : null;
}

/** All actions by name. */
export const CommandPalette = onDemand(
  async () => (await import('./dialogs/command-palette.tsx')).CommandPalette,
  (state) => state.dialog === 'palette',
);

/** All keys. */
export const ShortcutSheet = onDemand(
  async () => (await import('./dialogs/shortcut-sheet.tsx')).ShortcutSheet,
  (state) => state.dialog === 'shortcuts',
);

/** Settings of the workflow. */
export const WorkflowSettingsDialog = onDemand(
  async () => (await import('./dialogs/workflow-settings-dialog.tsx')).WorkflowSettingsDialog,
  (state) => state.dialog === 'settings',
);

/** What becomes of the content of a container that is deleted. */
export const RemoveFrameDialog = onDemand(
  async () => (await import('./dialogs/remove-frame-dialog.tsx')).RemoveFrameDialog,
  (state) => state.dialog === 'removeFrame',
);

/** What a replaced step lost. */
export const ReplacedDialog = onDemand(
  async () => (await import('./dialogs/replaced-dialog.tsx')).ReplacedDialog,
  (state) => state.replaced !== null,
);

/** Making a workflow of steps. */
export const ExtractDialog = onDemand(
  async () => (await import('./sub-workflow/extract-dialog.tsx')).ExtractDialog,
  (state) => state.dialog === 'extract',
);

/** Fetches all parts as soon as somebody moves or presses anything, so that nobody waits for the first of them. */
export function usePartsAhead(): void {
  useEffect(() => {
    const stop = new AbortController();
    const fetchAll = (): void => {
      stop.abort();
      // A part that cannot be fetched says so when it is needed.
      for (const load of loaders) load().catch(() => undefined);
    };
    for (const type of ['pointermove', 'keydown', 'touchstart'] as const) {
      window.addEventListener(type, fetchAll, { signal: stop.signal, passive: true });
    }
    return () => stop.abort();
  }, []);
}
