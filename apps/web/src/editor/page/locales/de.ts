import { inspectorTexts } from '../../locales/de/inspector.ts';
import { runActionTexts } from '../../locales/de/run-actions.ts';
import { runTexts } from '../../locales/de/run.ts';
import { versionTexts } from '../../locales/de/versions.ts';

/** German texts of what opens beside the canvas: fetched with the first of it. */
export default { ...inspectorTexts, ...runTexts, ...runActionTexts, ...versionTexts };
