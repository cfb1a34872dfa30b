// Values as they are on the wire, against their type in the model; and values made up to be written.
import { member, tlv } from '../tlv.mjs';
import { says, verdict } from './conformance.mjs';

const FABRIC_INDEX = 254;

const wireType = {
  integer: model => (model.primitiveBase.name.startsWith('int') ? 'int' : 'uint'),
  enum: () => 'uint',
  bitmap: () => 'uint',
  date: () => 'uint',
  duration: () => 'uint',
  boolean: () => 'bool',
  string: () => 'string',
  bytes: () => 'bytes',
  array: () => 'array',
  object: () => 'struct',
  float: model => (model.primitiveBase.name === 'double' ? 'double' : 'float'),
};

const typeOf = model => wireType[model.effectiveMetatype]?.(model);
const isNumber = model => ['int', 'uint'].includes(typeOf(model));
const bitsOf = model => Number(/\d+$/.exec(model.primitiveBase.name)?.[0] ?? model.primitiveBase.byteSize * 8);

function rangeOf(model) {
  const bits = BigInt(bitsOf(model));
  const [min, max] = typeOf(model) === 'int' ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
  // A nullable integer gives one of its values up for null.
  if (!model.effectiveQuality.nullable) return [min, max];
  return typeOf(model) === 'int' ? [min + 1n, max] : [min, max - 1n];
}

const isNumeric = value => ['number', 'bigint'].includes(typeof value);
const flagsOf = model => [...(model.definingModel?.members ?? [])].filter(({ constraint }) => (constraint?.value ?? constraint?.min) !== undefined);
const membersOf = model => [...model.members].filter(field => field.id !== undefined);

function maskOf(model, scope) {
  let mask = 0n;
  for (const flag of flagsOf(model)) {
    if (says(flag, scope) === verdict.disallowed) continue;
    const { value, min, max } = flag.constraint;
    for (let bit = value ?? min; bit <= (value ?? max - 1); bit++) mask |= 1n << BigInt(bit);
  }
  return mask;
}

const codesOf = (model, scope) => [...(model.definingModel?.members ?? [])]
  .filter(code => says(code, scope) !== verdict.disallowed)
  .map(code => code.id);

/** Names in a struct's conformance and constraints mean its own fields first. */
function structScope(model, element, scope) {
  const fields = Object.fromEntries(membersOf(model).map(field => [field.name.toLowerCase(), field]));
  const own = name => fields[name.toLowerCase()];
  return {
    revision: scope.revision,
    knows: name => (own(name) ? member(element, own(name).id) !== undefined : scope.knows(name)),
    value: name => (own(name) ? member(element, own(name).id)?.value : scope.value(name)),
  };
}

/** What a constraint is about: a number, or how long something is. */
const measure = ({ type, value }) => (type === 'string' ? Buffer.byteLength(value) : ['bytes', 'array'].includes(type) ? value.length : value);


/** Checks an element against its model, everything in it too. */
export function checkValue(findings, where, model, element, scope, { fabricScoped = false } = {}) {
  if (element.type === 'null') {
    findings.expect(model.effectiveQuality.nullable, where, 'null, which it may not be');
    return;
  }
  const type = typeOf(model);
  if (type === undefined) throw new Error(`${where}: of type ${model.effectiveMetatype}`);
  findings.expect(element.type === type, where, `is a ${element.type} instead of a ${type}`);
  if (element.type !== type) return;

  if (isNumber(model)) {
    const [min, max] = rangeOf(model);
    const number = BigInt(element.value);
    findings.expect(number >= min && number <= max, where, `${number} is no ${model.primitiveBase.name}`);
  }
  if (model.effectiveMetatype === 'enum') {
    const codes = codesOf(model, scope);
    findings.expect(codes.length === 0 || codes.includes(element.value), where, `${element.value} is none of ${codes}`);
  }
  if (model.effectiveMetatype === 'bitmap' && flagsOf(model).length > 0) {
    findings.expect((BigInt(element.value) & ~maskOf(model, scope)) === 0n, where, `0x${element.value.toString(16)} has bits that nobody knows`);
  }
  const constraint = model.effectiveConstraint;
  if (type !== 'struct' && constraint && !constraint.isEmpty && !constraint.desc) {
    findings.expect(constraint.test(measure(element), name => scope.value(name)), where, `${measure(element)} is not ${constraint}`);
    if (constraint.cpMax) findings.expect([...element.value].length <= constraint.cpMax, where, 'too many characters');
  }
  if (type === 'array') {
    element.value.forEach((item, i) => checkValue(findings, `${where}[${i}]`, model.listEntry, item, scope, { fabricScoped }));
  }
  if (type === 'struct') checkStruct(findings, where, model, element, scope, { fabricScoped });
}

/** Checks a struct's fields: a value's, a command's, an event's. */
export function checkStruct(findings, where, model, element, scope, { fabricScoped = false } = {}) {
  const inner = structScope(model, element, scope);
  const fields = membersOf(model);
  let last = -1;
  for (const child of element.value) {
    findings.expect(child.tag > last, where, `field ${child.tag} stands behind field ${last}`);
    last = child.tag;
    findings.expect(child.tag === FABRIC_INDEX || fields.some(field => field.id === child.tag), where, `has an unknown field ${child.tag}`);
  }
  for (const field of fields) {
    const child = member(element, field.id);
    const at = `${where}.${field.name}`;
    const isScope = field.id === FABRIC_INDEX;
    const demand = isScope && !fabricScoped ? verdict.optional : says(field, inner);
    findings.expect(child !== undefined || demand !== verdict.mandatory, at, 'is missing');
    if (child === undefined) continue;
    findings.expect(demand !== verdict.disallowed, at, 'has no place here');
    checkValue(findings, at, field, child, inner);
  }
}

/** What an end of a constraint stands for; undefined for none. */
function limit(expression, scope) {
  switch (expression?.type) {
    case undefined: return expression;
    case 'reference': return scope.value(expression.name);
    case '.': return limit(expression.lhs, scope)?.[expression.rhs.name];
    case '+': return limit(expression.lhs, scope) + limit(expression.rhs, scope);
    case '-': return limit(expression.lhs, scope) - limit(expression.rhs, scope);
    default: throw new Error(`operator ${expression.type}`);
  }
}

/** {min, max} that a constraint states in numbers; of a length for strings and lists. */
function limitsOf(model, scope) {
  const { value, min, max } = model.effectiveConstraint ?? {};
  const same = limit(value, scope);
  const ends = { min: same ?? limit(min, scope), max: same ?? limit(max, scope) };
  return { min: isNumeric(ends.min) ? ends.min : undefined, max: isNumeric(ends.max) ? ends.max : undefined };
}

/** A value that is right as far as the model tells. */
export function rightValue(model, scope) {
  const { min, max } = limitsOf(model, scope);
  const length = Number(min ?? 0);
  switch (typeOf(model)) {
    case 'bool': return tlv.bool(false);
    case 'string': return tlv.string('x'.repeat(length));
    case 'bytes': return tlv.bytes(Buffer.alloc(length, 1));
    case 'array': return tlv.array(Array.from({ length }, () => rightValue(model.listEntry, scope)));
    case 'struct': return rightStruct(model, scope);
    case 'int':
    case 'uint': {
      const number = model.effectiveMetatype === 'enum' ? codesOf(model, scope)[0] ?? 0
        : model.effectiveMetatype === 'bitmap' ? 0
        : min ?? (isNumeric(max) && max < 0 ? max : 0);
      return { type: typeOf(model), value: number };
    }
    default: throw new Error(`a ${model.effectiveMetatype} is not made up`);
  }
}

/** A struct of the mandatory fields. */
export function rightStruct(model, scope) {
  const inner = structScope(model, tlv.struct({}), scope);
  return tlv.struct(Object.fromEntries(mandatoryFields(model, inner).map(field => [field.id, rightValue(field, scope)])));
}

const mandatoryFields = (model, scope) => membersOf(model)
  .filter(field => field.id !== FABRIC_INDEX && says(field, scope) === verdict.mandatory);

/** Right values at the edges: [{what, value}]. */
export function edgeValues(model, scope) {
  const { min, max } = limitsOf(model, scope);
  const edges = [];
  const add = (what, value) => edges.push({ what, value });
  const type = typeOf(model);
  if (model.effectiveQuality.nullable) add('null', tlv.null());
  if (model.effectiveMetatype === 'enum') for (const code of codesOf(model, scope)) add(`${code}`, tlv.uint(code));
  else if (model.effectiveMetatype === 'bitmap') add('all bits', tlv.uint(maskOf(model, scope)));
  else if (isNumber(model)) {
    const range = rangeOf(model);
    add('least', { type, value: min ?? range[0] });
    add('most', { type, value: max ?? range[1] });
  } else if (type === 'bool') [false, true].forEach(value => add(`${value}`, tlv.bool(value)));
  else if (type === 'string') {
    add('shortest', tlv.string('x'.repeat(Number(min ?? 0))));
    if (max !== undefined) add('longest', tlv.string('x'.repeat(Number(max))));
  } else if (type === 'bytes') {
    add('shortest', tlv.bytes(Buffer.alloc(Number(min ?? 0))));
    if (max !== undefined) add('longest', tlv.bytes(Buffer.alloc(Number(max))));
  }
  return edges;
}

/** Wrong values: [{what, value, isType, isOverflow}], isType true for those of a wrong type, isOverflow for those that don't fit theirs. */
export function wrongValues(model, scope) {
  const wrong = [];
  const type = typeOf(model);
  const { min, max } = limitsOf(model, scope);
  const add = (what, value, isType = false, isOverflow = false) => wrong.push({ what, value, isType, isOverflow });
  add('of another type', type === 'string' ? tlv.bytes([]) : tlv.string(''), true);
  add('a structure', type === 'struct' ? tlv.array([]) : tlv.struct({}), true);
  if (!model.effectiveQuality.nullable) add('null', tlv.null(), true);
  if (type === 'uint') add('a signed number', tlv.int(1), true);
  if (type === 'int') add('an unsigned number', tlv.uint(1), true);
  if (isNumber(model)) {
    const [least, most] = rangeOf(model);
    const bits = bitsOf(model);
    if (bits < 64) add('too many bits', { type, value: most + 2n }, false, true);
    if (bits < 64 && type === 'int') add('too far below zero', { type, value: least - 2n }, false, true);
    if (max !== undefined && BigInt(max) < most) add('one too many', { type, value: BigInt(max) + 1n });
    if (min !== undefined && BigInt(min) > least) add('one too few', { type, value: BigInt(min) - 1n });
  }
  if (model.effectiveMetatype === 'enum') {
    const codes = codesOf(model, scope);
    if (codes.length > 0) add('an unknown code', tlv.uint(Math.max(...codes) + 1));
  }
  if ((type === 'string' || type === 'bytes') && max !== undefined) add('one byte too long', tlv[type](Buffer.alloc(Number(max) + 1, 0x78)));
  if ((type === 'string' || type === 'bytes') && min > 0) add('one byte too short', tlv[type](Buffer.alloc(Number(min) - 1, 0x78)));
  if (type === 'array' && max !== undefined && max < 64) {
    add('one item too many', tlv.array(Array.from({ length: Number(max) + 1 }, () => rightValue(model.listEntry, scope))));
  }
  return wrong;
}

/**
 * A command's fields, each wrong in its turn: [{field, what, fields, isForm, isOverflow}], isForm true for missing ones and wrong types.
 * @param known values of fields by name, for those that the model does not tell how to make up
 */
export function wrongFields(model, scope, known = {}) {
  const right = rightStruct(model, scope);
  for (const child of right.value) Object.assign(child, known[membersOf(model).find(field => field.id === child.tag).name]);
  const inner = structScope(model, right, scope);
  const result = [];
  for (const field of membersOf(model)) {
    if (field.id === FABRIC_INDEX || says(field, inner) === verdict.disallowed) continue;
    const others = right.value.filter(child => child.tag !== field.id);
    const put = value => ({ type: 'struct', value: [...others, { ...value, tag: field.id }].sort((a, b) => a.tag - b.tag) });
    if (others.length < right.value.length) result.push({ field: field.name, what: 'is missing', fields: { type: 'struct', value: others }, isForm: true });
    for (const { what, value, isType, isOverflow } of wrongValues(field, scope)) {
      result.push({ field: field.name, what, fields: put(value), isForm: isType, isOverflow });
    }
  }
  return result;
}
