export { analyze, type Analysis } from './analyze.ts';
export { completions, type Completion } from './complete.ts';
export { describeFunctions, type FunctionDescription } from './describe.ts';
export { ExpressionError, type ExpressionErrorCode, type ExpressionErrorFacts } from './errors.ts';
export { defaultLimits, type Limits } from './limits.ts';
export { analyzeParameters, evaluateParameters, type ParameterAnalysis, type ParameterProblem } from './parameters.ts';
export { createScope, type ExpressionScope, type InputView, type NodeView, type ScopeItem, type ScopeParts } from './scope.ts';
export { compileTemplate, type CompiledTemplate, isExpression } from './template.ts';
export { createTemplateCache, type TemplateCache, templateCache } from './template-cache.ts';
