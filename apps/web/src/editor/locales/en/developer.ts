/** English texts for those who write node packages. */
export const developerTexts = {
  source: {
    title_one: 'The source of this step has a fault',
    title_other: 'The source of this step has {{count}} faults',
    next: 'What was loaded before goes on working. Save the file when it is mended: it is loaded anew.',
    card: 'Fault in its source',
  },
  sample: {
    title: 'Sample of the package',
    what: 'Takes what this step gave in its last run as the sample of its type. Secrets and personal data are replaced before it is written.',
    runFirst: 'Run the workflow once: what this step gives can then be recorded as the sample of its type.',
    record: 'Record sample',
    done_one: 'Written to {{file}}; one value was replaced.',
    done_other: 'Written to {{file}}; {{count}} values were replaced.',
  },
} as const;
