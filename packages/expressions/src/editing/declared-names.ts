import type { AnyNode, ArrowFunctionExpression, FunctionExpression, Pattern } from 'acorn';

/** The names that a function declares: its parameters and the variables of its body, wherever in it they stand; not those of functions inside. */
export function declaredNames(node: ArrowFunctionExpression | FunctionExpression): readonly string[] {
  return [...node.params.flatMap(inPattern), ...inBody(node.body)];
}

function inBody(node: AnyNode): readonly string[] {
  switch (node.type) {
    case 'VariableDeclaration':
      return node.declarations.flatMap(({ id }) => inPattern(id));
    case 'FunctionDeclaration':
      return node.id ? [node.id.name] : [];
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return [];
    case 'CatchClause':
      return [...(node.param ? inPattern(node.param) : []), ...inBody(node.body)];
    default:
      return childrenOf(node).flatMap(inBody);
  }
}

function inPattern(pattern: Pattern): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) => inPattern(one.type === 'RestElement' ? one.argument : one.value));
    case 'ArrayPattern':
      return pattern.elements.flatMap((one) => (one === null ? [] : inPattern(one)));
    case 'AssignmentPattern':
      return inPattern(pattern.left);
    case 'RestElement':
      return inPattern(pattern.argument);
    default:
      return [];
  }
}

/** The syntax nodes directly inside one; the name of a property is none. */
export function childrenOf(node: AnyNode): readonly AnyNode[] {
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === 'key' && node.type === 'Property' && !node.computed) return [];
    return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter(isSyntaxNode);
  });
}

function isSyntaxNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
