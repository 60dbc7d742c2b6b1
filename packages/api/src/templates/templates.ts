import type { WorkflowDocument } from '@millwright/workflow';
import { leadIntake } from './lead-intake.ts';

/** What a template is filled with. */
export interface TemplateValues {
  /** Name of the workflow. */
  readonly name: string;
  /** Base URL of this server, no slash at the end. */
  readonly publicUrl: string;
}

/** A workflow to begin with. */
export interface Template {
  /** Stable; the interface translates title and description by it. */
  readonly key: string;
  /** English. */
  readonly title: string;
  /** English, one sentence. */
  readonly description: string;
  readonly build: (values: TemplateValues) => WorkflowDocument;
}

/** Every template, in the order in which they are offered. */
export const templates: readonly Template[] = [leadIntake];
