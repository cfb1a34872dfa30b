// Endpoints, their device types and what those demand, against the data model.
import { Matter } from '@matter/model';
import { member } from '../tlv.mjs';
import { hex, isManufacturers, same, sorted } from './cluster.mjs';
import { says, verdict } from './conformance.mjs';
import { descriptor } from './device.mjs';

const DESCRIPTOR = 0x1d;
const ACCESS_CONTROL = 0x1f;
const NETWORK_COMMISSIONING = 0x31;
const AGGREGATOR = 0x0e;
const BRIDGED_NODE = 0x13;
const ROOT_NODE = 0x16;

const deviceTypeModel = id => Matter.children.find(model => model.tag === 'deviceType' && model.id === id);
const base = Matter.children.find(model => model.tag === 'deviceType' && model.name === 'Base');

export function checkEndpoints(device) {
  const { findings } = device;
  const ids = [...device.endpoints.keys()];
  findings.expect(sorted(device.descriptorList(0, descriptor.partsList)) === sorted(ids.filter(id => id !== 0)), '0/PartsList', 'names other endpoints than there are');
  for (const endpoint of device.endpoints.values()) {
    findings.counts.endpoints++;
    const where = `${endpoint.id}`;
    findings.expect(endpoint.types.length > 0, where, 'has no device type');
    findings.expect(sorted(device.descriptorList(endpoint.id, descriptor.serverList)) === sorted(endpoint.clusters.keys()), where, 'ServerList is not what can be read');
    findings.expect((endpoint.id === 0) === endpoint.types.some(type => type.id === ROOT_NODE), where, 'Root Node belongs on endpoint 0, and nowhere else');
    const parts = device.descriptorList(endpoint.id, descriptor.partsList);
    findings.expect(parts.every(id => device.endpoints.has(id)) && !parts.includes(endpoint.id), where, `PartsList ${parts}`);
    if (endpoint.types.some(type => type.id === AGGREGATOR)) {
      for (const part of parts.filter(id => parentOf(device, id) === endpoint.id)) {
        findings.expect(device.endpoints.get(part)?.types.some(type => type.id === BRIDGED_NODE), `${part}`, 'below an Aggregator without being a Bridged Node');
      }
    }
    const applications = endpoint.types.filter(type => deviceTypeModel(type.id)?.classification === 'simple');
    for (const type of endpoint.types) checkDeviceType(device, endpoint, type);
    checkRequirements(device, endpoint, base, `${where} Base`);
    // A composed device may leave them to its parts.
    findings.expect(endpoint.id === 0 || applications.length > 0 || parts.length > 0, where, 'has no application device type');
  }
  checkTags(device);
}

/** Endpoints below the same parent are told apart by tags if they are of the same type. */
function checkTags(device) {
  for (const endpoint of device.endpoints.values()) {
    if (!isDuplicate(device, endpoint)) continue;
    const tags = other => JSON.stringify(other.clusters.get(DESCRIPTOR)?.values.get(descriptor.tagList)?.value.map(tag => tag.value.map(field => [field.tag, field.value])) ?? []);
    for (const other of twins(device, endpoint)) {
      device.findings.expect(tags(endpoint) !== tags(other), `${endpoint.id}`, `has the tags of its twin ${other.id}`);
    }
  }
}

function parentOf(device, id) {
  const parents = [...device.endpoints.values()].filter(other => other.id !== 0 && device.descriptorList(other.id, descriptor.partsList).includes(id));
  // The nearest is the one with the fewest parts of its own.
  return parents.sort((a, b) => device.descriptorList(a.id, descriptor.partsList).length - device.descriptorList(b.id, descriptor.partsList).length)[0]?.id ?? 0;
}

/** Siblings of the same type; what is behind a bridge is told apart by name. */
function twins(device, endpoint) {
  if (device.endpoints.get(parentOf(device, endpoint.id)).types.some(type => type.id === AGGREGATOR)) return [];
  const types = endpoint.types.filter(type => deviceTypeModel(type.id)?.classification === 'simple').map(type => type.id);
  return [...device.endpoints.values()].filter(other => other !== endpoint && other.id !== 0
    && parentOf(device, other.id) === parentOf(device, endpoint.id) && other.types.some(type => types.includes(type.id)));
}

function isDuplicate(device, endpoint) {
  return endpoint.id !== 0 && twins(device, endpoint).length > 0;
}

function checkDeviceType(device, endpoint, { id, revision }) {
  const model = deviceTypeModel(id);
  const where = `${endpoint.id} ${model?.name ?? hex(id)}`;
  if (isManufacturers(id)) return;
  device.findings.expect(model !== undefined, where, 'is no known device type');
  if (!model) return;
  const known = model.requirements.find(each => each.name === 'Descriptor')?.requirements.find(each => each.name === 'DeviceTypeList')?.default?.[0]?.revision;
  device.findings.expect(revision === (known ?? model.revision), where, `revision ${revision} instead of ${known ?? model.revision}`);
  checkRequirements(device, endpoint, model, where);
}

/** Conditions of device types, as far as this device can meet them. */
function meets(device, endpoint, name) {
  const network = [...device.endpoints.values()].map(each => each.clusters.get(NETWORK_COMMISSIONING)).filter(Boolean);
  const conditions = {
    ethernet: network.some(cluster => cluster.hasFeature('ET')),
    wifi: network.some(cluster => cluster.hasFeature('WI')),
    duplicate: isDuplicate(device, endpoint),
    simple: endpoint.types.some(type => deviceTypeModel(type.id)?.classification === 'simple'),
    client: device.descriptorList(endpoint.id, descriptor.clientList).length > 0,
    // No device type asks for it, but every controller may leave a note.
    aclExtensionCond: device.endpoints.get(0).clusters.get(ACCESS_CONTROL)?.hasFeature('EXTS'),
  };
  // None of them is offered: other network technologies, locales, sleepy devices, time, TLS, restrictions, fabric synchronization.
  const unmet = ['thread', 'customNetworkConfig', 'managedAclAllowed', 'languageLocale', 'timeLocale', 'unitLocale',
    'timeSyncCond', 'timeSyncWithClientCond', 'timeSyncWithNtpcCond', 'timeSyncWithTzCond', 'tlsCertificatesCond', 'tlsClientCond',
    'sit', 'lit', 'fabricSynchronization', 'fabricSynchronizedNode', 'bridgedPowerSourceInfo', 'powerSourceCond'];
  const condition = Object.keys(conditions).find(each => same(each, name));
  return condition ? conditions[condition] : unmet.some(each => same(each, name)) ? false : undefined;
}

function checkRequirements(device, endpoint, model, where) {
  const scope = { revision: model.revision, knows: name => meets(device, endpoint, name), value: () => undefined };
  const clients = device.descriptorList(endpoint.id, descriptor.clientList);
  for (const requirement of model.requirements) {
    const cluster = endpoint.clusters.get(requirement.id);
    const demand = says(requirement, scope);
    const at = `${where}, ${requirement.name}`;
    if (requirement.element === 'clientCluster') {
      device.findings.expect(demand !== verdict.mandatory || clients.includes(requirement.id), at, 'is missing in ClientList');
    }
    if (requirement.element !== 'serverCluster') continue;
    device.findings.expect(demand !== verdict.mandatory || cluster, at, 'is missing');
    device.findings.expect(demand !== verdict.disallowed || !cluster || isAllowedElsewhere(device, endpoint, model, requirement), at, 'has no place here');
    if (cluster) for (const each of requirement.requirements) checkElementRequirement(device, endpoint, cluster, each, at);
  }
}

/** Several device types may share an endpoint: what one has no place for another may want. */
function isAllowedElsewhere(device, endpoint, model, { id }) {
  return endpoint.types.some(type => type.id !== model.id && deviceTypeModel(type.id)?.requirements.some(each => each.id === id));
}

function checkElementRequirement(device, endpoint, cluster, requirement, where) {
  const scope = {
    revision: cluster.revision,
    knows: name => meets(device, endpoint, name) ?? cluster.knows(name),
    value: name => cluster.value(name),
  };
  const demand = says(requirement, scope);
  const at = `${where}.${requirement.name}`;
  const find = list => [...list].find(each => same(each.name, requirement.name));
  let isThere;
  switch (requirement.element) {
    case 'feature':
      isThere = cluster.hasFeature(requirement.name);
      break;
    case 'attribute': {
      const attribute = find(cluster.model.attributes);
      const element = cluster.values.get(attribute.id);
      isThere = element !== undefined;
      const { constraint } = requirement;
      if (isThere && element.type !== 'null' && constraint && !constraint.isEmpty && !constraint.desc) {
        device.findings.expect(constraint.test(element.value, name => cluster.value(name)), at, `${element.value} is not ${constraint}`);
      }
      break;
    }
    case 'command':
      isThere = cluster.accepts(find(cluster.model.commands).id);
      break;
    default:
      return;
  }
  if (requirement.conformance === undefined || requirement.conformance.isEmpty) return;
  device.findings.expect(isThere || demand !== verdict.mandatory, at, 'is missing');
  device.findings.expect(!isThere || demand !== verdict.disallowed, at, 'has no place here');
}
