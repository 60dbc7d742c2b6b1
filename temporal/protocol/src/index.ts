export * from './names.ts';
export * from './run-graph.ts';
export * from './workspace-tag.ts';
