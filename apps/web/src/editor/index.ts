import { type ComponentType, lazy } from 'react';
import { loadPanelTexts } from './texts.ts';

export { EditorPage } from './editor-page.tsx';

/** A page of its own, whose code and texts are not the editor's. */
function page<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return lazy(async () => {
    const [Page] = await Promise.all([load(), loadPanelTexts()]);
    return { default: Page };
  });
}

/** One run on the canvas. */
export const RunPage = page(async () => (await import('./run-page.tsx')).RunPage);
/** The history of a workflow. */
export const VersionsPage = page(async () => (await import('./versions/versions-page.tsx')).VersionsPage);
/** A workflow without its canvas. */
export const SafePage = page(async () => (await import('./safe-page.tsx')).SafePage);
