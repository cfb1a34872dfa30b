// Matter TLV as a tree of elements, with the type that each has on the wire: {type, tag, value}. The value of a struct, an
// array or a list is an array of elements; integers are numbers where they fit one, else BigInts.

const END = 0x18;

export const tlv = {
  uint: value => ({ type: 'uint', value }),
  int: value => ({ type: 'int', value }),
  bool: value => ({ type: 'bool', value }),
  string: value => ({ type: 'string', value }),
  bytes: value => ({ type: 'bytes', value }),
  null: () => ({ type: 'null', value: null }),
  struct: members => ({ type: 'struct', value: tagged(members) }),
  list: members => ({ type: 'list', value: tagged(members) }),
  array: items => ({ type: 'array', value: items }),
};

const tagged = members => Object.entries(members)
  .filter(([, element]) => element !== undefined)
  .map(([tag, element]) => ({ ...element, tag: Number(tag) }));

/** The member of a struct or list with a context tag; undefined without one. */
export const member = (element, tag) => element?.value.find(child => child.tag === tag);

/** A member's value; undefined without one. */
export const valueOf = (element, tag) => member(element, tag)?.value;

export function decode(bytes) {
  const buffer = Buffer.from(bytes);
  const [element, end] = decodeAt(buffer, 0);
  if (end !== buffer.length) throw new Error('bytes after the element');
  return element;
}

const small = value => (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value);

const readInt = {
  int: [(b, at) => b.readInt8(at), (b, at) => b.readInt16LE(at), (b, at) => b.readInt32LE(at), (b, at) => small(b.readBigInt64LE(at))],
  uint: [(b, at) => b.readUInt8(at), (b, at) => b.readUInt16LE(at), (b, at) => b.readUInt32LE(at), (b, at) => small(b.readBigUInt64LE(at))],
};

function decodeAt(buffer, start) {
  const control = buffer.readUInt8(start);
  const form = control >> 5;
  if (form > 1) throw new Error(`tag form ${form} has no place here`);
  const tag = form === 1 ? buffer.readUInt8(start + 1) : undefined;
  const code = control & 0x1f;
  const size = 1 << (code & 3);
  let at = start + 1 + form;
  const done = (type, value, length) => [{ type, tag, value }, at + length];
  if (code < 8) {
    const type = code < 4 ? 'int' : 'uint';
    return done(type, readInt[type][code & 3](buffer, at), size);
  }
  if (code < 10) return done('bool', code === 9, 0);
  if (code === 10) return done('float', buffer.readFloatLE(at), 4);
  if (code === 11) return done('double', buffer.readDoubleLE(at), 8);
  if (code < 20) {
    const length = Number(readInt.uint[code & 3](buffer, at));
    at += size;
    const content = buffer.subarray(at, at + length);
    if (content.length !== length) throw new Error('a string that is cut off');
    return code < 16 ? done('string', new TextDecoder('utf-8', { fatal: true }).decode(content), length) : done('bytes', content, length);
  }
  if (code === 20) return done('null', null, 0);
  if (code > 23) throw new Error(`element type ${code}`);
  const children = [];
  while (buffer.readUInt8(at) !== END) {
    const [child, next] = decodeAt(buffer, at);
    children.push(child);
    at = next;
  }
  return done(['struct', 'array', 'list'][code - 21], children, 1);
}

export function encode(element) {
  const parts = [];
  encodeTo(parts, element, element.tag);
  return Buffer.concat(parts);
}

const fits = {
  int: (value, bits) => BigInt.asIntN(bits, value) === value,
  uint: (value, bits) => BigInt.asUintN(bits, value) === value,
};

function encodeTo(parts, { type, value }, tag) {
  const head = code => parts.push(Buffer.from(tag === undefined ? [code] : [code | 0x20, tag]));
  switch (type) {
    case 'int':
    case 'uint': {
      const number = BigInt(value);
      const width = [8, 16, 32, 64].findIndex(bits => fits[type](number, bits));
      if (width < 0) throw new Error(`${value} is too large`);
      head((type === 'uint' ? 4 : 0) + width);
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt.asUintN(64, number));
      parts.push(bytes.subarray(0, 1 << width));
      return;
    }
    case 'bool':
      head(value ? 9 : 8);
      return;
    case 'string':
    case 'bytes': {
      const content = Buffer.from(value);
      head((type === 'string' ? 12 : 16) + 1);
      const length = Buffer.alloc(2);
      length.writeUInt16LE(content.length);
      parts.push(length, content);
      return;
    }
    case 'null':
      head(20);
      return;
    default:
      head({ struct: 21, array: 22, list: 23 }[type]);
      for (const child of value) encodeTo(parts, child, type === 'array' ? undefined : child.tag);
      parts.push(Buffer.from([END]));
  }
}
