// Evaluates the model's conformance expressions.

/** What a conformance says of an element. */
export const verdict = { mandatory: 'mandatory', optional: 'optional', disallowed: 'disallowed' };

const NOT_APPLICABLE = undefined;

const EMPTY = { type: 'empty' };
const astOf = model => (model.effectiveConformance ?? model.conformance)?.ast ?? EMPTY;

/**
 * What an element's conformance says.
 * @param scope {knows(name): true, false or undefined if there is no such name; value(name); revision}
 */
export const says = (model, scope) => verdictOf(astOf(model), scope) ?? verdict.disallowed;

/** The choice, {name, num, orMore, orLess}, that an element belongs to if its conformance applies. */
export const choiceOf = (model, scope) => choiceIn(astOf(model), scope);

function choiceIn(ast, scope) {
  switch (ast?.type) {
    case 'choice':
      return verdictOf(ast.param.expr, scope) === NOT_APPLICABLE ? undefined : ast.param;
    case 'otherwise':
      return choiceIn(ast.param.find(part => verdictOf(part, scope) !== NOT_APPLICABLE), scope);
    default:
      return undefined;
  }
}

function verdictOf(ast, scope) {
  switch (ast.type) {
    case 'empty':
    case 'desc': // prose: what it says is checked by hand, if at all
    case 'O':
    case 'P':
      return verdict.optional;
    case 'M':
      return verdict.mandatory;
    case 'D':
    case 'X':
      return verdict.disallowed;
    case 'otherwise':
      return ast.param.map(part => verdictOf(part, scope)).find(result => result !== NOT_APPLICABLE);
    case 'optionalIf':
      return isTrue(ast.param, scope) ? verdict.optional : NOT_APPLICABLE;
    case 'choice':
      return verdictOf(ast.param.expr, scope) === NOT_APPLICABLE ? NOT_APPLICABLE : verdict.optional;
    default:
      return isTrue(ast, scope) ? verdict.mandatory : NOT_APPLICABLE;
  }
}

const comparison = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

function isTrue(ast, scope) {
  const { type, param } = ast;
  switch (type) {
    case 'name': {
      const known = scope.knows(param);
      if (known === undefined) throw new Error(`what is ${param}?`);
      return known;
    }
    case 'revision':
      return scope.revision >= param;
    case '!':
      return !isTrue(param, scope);
    case '&':
      return isTrue(param.lhs, scope) && isTrue(param.rhs, scope);
    case '|':
      return isTrue(param.lhs, scope) || isTrue(param.rhs, scope);
    case '^':
      return isTrue(param.lhs, scope) !== isTrue(param.rhs, scope);
    default:
      if (!comparison[type]) throw new Error(`operator ${type}`);
      return comparison[type](operand(param.lhs, scope), operand(param.rhs, scope));
  }
}

function operand(ast, scope) {
  return ast.type === 'name' ? scope.value(ast.param) : ast.param;
}
