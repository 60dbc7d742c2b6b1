export { completions, type Completion } from '../complete.ts';
export { diagnose, type Diagnostic, type Fix, type Surroundings } from '../editing/diagnose.ts';
export { exampleResult } from '../editing/example-result.ts';
export { applyEdits, type TextEdit } from '../editing/key-text.ts';
export { type Reference, references } from '../editing/references.ts';
export { type FieldRename, mapExpressions, renameField, renameNodes, renameNodesIn, type Renamed } from '../editing/rename.ts';
export { type FieldShape, inferShape, type Shape, shapeAt, type ShapeAt, type ShapeType } from '../editing/shape.ts';
export { fieldSource, type FieldToken, labelOf, sourceOf, type Token, type TokenNames, tokensOf, tokenText } from '../editing/tokens.ts';
export { ExpressionError, type ExpressionErrorCode, type ExpressionErrorFacts } from '../errors.ts';
export {
  analyzeParameters,
  evaluateParameters,
  type FieldMention,
  type FieldReads,
  type ParameterAnalysis,
  type ParameterOptions,
  type ParameterProblem,
} from '../parameters.ts';
export type { Profile } from '../profile.ts';
export { createScope, type ExpressionScope, type InputView, type NodeView, type ScopeItem, type ScopeParts } from '../scope.ts';
export { closest } from '../suggest.ts';
export { type CompileOptions, type CompiledTemplate, compileTemplate, isExpression } from '../template.ts';
export { createTemplateCache, type TemplateCache, templateCache } from '../template-cache.ts';
export { withParts } from './with-parts.ts';
