// What can be read of a Matter message without keys.

const SOURCE = 0x04;
const DESTINATION_NODE = 1;
const DESTINATION_GROUP = 2;

/** The opcode and protocol of a message outside any secure session; undefined of an encrypted one. */
export function unsecured(payload) {
  if (payload.readUInt16LE(1) !== 0) return undefined;
  const destination = payload[0] & 3;
  const at = 8 + (payload[0] & SOURCE ? 8 : 0) + (destination === DESTINATION_NODE ? 8 : destination === DESTINATION_GROUP ? 2 : 0);
  return { opcode: payload[at + 1], protocol: payload.readUInt16LE(at + 4) };
}
