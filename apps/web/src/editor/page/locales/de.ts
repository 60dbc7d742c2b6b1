import { dialogTexts } from '../../locales/de/dialogs.ts';
import { inspectorTexts } from '../../locales/de/inspector.ts';
import { runActionTexts } from '../../locales/de/run-actions.ts';
import { runTexts } from '../../locales/de/run.ts';
import { structureTexts } from '../../locales/de/structure-panels.ts';
import { versionTexts } from '../../locales/de/versions.ts';

/** German texts of what opens beside the canvas: fetched with the first of it. */
export default { ...dialogTexts, ...inspectorTexts, ...runTexts, ...runActionTexts, ...structureTexts, ...versionTexts };
